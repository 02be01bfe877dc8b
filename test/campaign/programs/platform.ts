/**
 * Plays a platform in a process of its own, so that what it measures does not wait for anybody else. It is
 * told by messages of its parent, and ends with it.
 */
import { setPriority } from "node:os";
import type { z } from "zod";
import { type told, wish } from "../played.ts";
import { order } from "../stage.ts";
import { playTelegram } from "../telegram.ts";
import { playWhatsApp } from "../whatsapp.ts";

const given = order.parse(JSON.parse(process.argv[2] ?? ""));
const played = await (given.platform === "telegram" ? playTelegram : playWhatsApp)(given);

try {
  // A platform has machines of its own, and looks at its clock at once. Not everybody may ask for that.
  setPriority(-10);
} catch {}

const tell = (what: z.infer<typeof told>) => process.send?.(what);
process.on("message", async (message) => {
  if (wish.parse(message) === "begin") played.begin();
  else tell({ figures: await played.report() });
});
process.on("disconnect", () => process.exit());
tell({ env: played.env });
