import type { MakeDocument } from "../channel.ts";
import { drawForm } from "./form.ts";

/** Makes the printable forms that messages carry, as tagged PDF. */
export const makeDocument: MakeDocument = async (request) => ({
  name: request.fileName,
  type: "application/pdf",
  bytes: await drawForm(request),
});
