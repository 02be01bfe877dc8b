import type { Outbox } from "../core/sending.ts";
import type { Context } from "./context.ts";
import { createBegin } from "./outbox/begin.ts";
import { createClaim } from "./outbox/claim.ts";
import { createSettle } from "./outbox/settle.ts";

export const createOutbox = (context: Context): Outbox => ({
  claim: createClaim(context),
  begin: createBegin(context),
  settle: createSettle(context),
});
