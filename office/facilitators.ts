import { randomInt } from "node:crypto";
import { Hono } from "hono";
import { z } from "zod";
import { endedNotice } from "../core/assisted/notice.ts";
import { CODE_LETTERS, LONG_CODE_LENGTH, parted } from "../core/codes.ts";
import { leftAlone } from "../core/facilitators/notices.ts";
import type { Workplace } from "./workplace.ts";

const DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Both are shown on a phone, and the name on a button. */
const inviting = z.strictObject({
  name: z.string().trim().min(2).max(60),
  place: z.string().trim().min(2).max(100).exactOptional(),
});

/** Those whom the Union asks to accompany others: invited by one code, counted, and stopped. */
export function facilitatorRoutes({ desk, words, wrote }: Pick<Workplace, "desk" | "words" | "wrote">): Hono {
  const { facilitators, assistedSessions } = desk;
  const app = new Hono();

  app.get("/facilitators", async (c) => c.json(await facilitators.list()));
  app.get("/facilitators/sessions", async (c) => c.json(await assistedSessions.list()));
  app.post("/facilitators", async (c) => {
    const who = inviting.parse(await c.req.json());
    const code = Array.from({ length: LONG_CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]);
    const until = new Date(Date.now() + DAYS * DAY_MS);
    const { id } = await facilitators.invite(who, code.join(""), until);
    return c.json({ kind: "invited", id, code: parted(code.join("")), until });
  });
  app.post("/facilitators/:id/stop", async (c) => {
    const id = z.uuid().safeParse(c.req.param("id"));
    const stopped = id.success
      ? await facilitators.stop(id.data, leftAlone(words), endedNotice(words, "office"))
      : "unknown";
    if (stopped === "unknown") return c.json({ kind: "unknown" }, 404);
    wrote();
    return c.json({ kind: "done", told: true });
  });
  return app;
}
