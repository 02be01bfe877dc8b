import { Hono } from "hono";
import { z } from "zod";
import { readTaxCode } from "../core/voting/tax-code.ts";
import { makeNotices } from "./notices.ts";
import type { Workplace } from "./workplace.ts";

const number = z.coerce.number().int().positive();
const enabling = z.strictObject({
  taxCode: z.string().max(100).exactOptional(),
  homonym: z.boolean().default(false),
});
const refusing = z.strictObject({ because: z.string().trim().min(1).max(3000) });

/** The register of city users: requests, read and decided. */
export function cityUserRoutes({ desk, edition, words, wrote }: Workplace): Hono {
  const { cityUsers } = desk;
  const notices = makeNotices(words);
  const app = new Hono();

  app.get("/city-users", async (c) => c.json(await cityUsers.list(c.req.query("all") === "1")));
  app.get("/city-users/:number", async (c) => {
    const found = await cityUsers.read(number.parse(c.req.param("number")));
    if (!found) return c.json({ kind: "unknown" }, 404);
    const link = edition.eligibility.elsewhere?.links.find(({ id }) => id === found.link)?.name;
    return c.json({ ...found, link: words.say(words.languages[0] ?? "it", { literal: link ?? found.link }) });
  });
  app.post("/city-users/:number/enable", async (c) => {
    const at = number.parse(c.req.param("number"));
    const { taxCode, homonym } = enabling.parse(await c.req.json());
    const waitDays = edition.eligibility.elsewhere?.register?.waitDays;
    if (waitDays === undefined) return c.json({ kind: "noRegister" }, 409);
    const code = taxCode === undefined ? undefined : await readTaxCode(taxCode);
    if (code?.ok === false) return c.json({ kind: "badCode" }, 409);
    const notice = notices.cityUserEnabled(at, edition);
    const done = await cityUsers.enable(at, code, { waitDays, homonym }, notice);
    if (done.kind === "done" && done.told) wrote();
    return c.json(done, done.kind === "done" ? 200 : done.kind === "unknown" ? 404 : 409);
  });
  app.post("/city-users/:number/refuse", async (c) => {
    const at = number.parse(c.req.param("number"));
    const { because } = refusing.parse(await c.req.json());
    const done = await cityUsers.refuse(at, because, notices.cityUserRefused(at, because));
    if (done.kind === "done" && done.told) wrote();
    return c.json(done, done.kind === "done" ? 200 : done.kind === "unknown" ? 404 : 409);
  });
  return app;
}
