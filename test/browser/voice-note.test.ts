import { describe, expect, test } from "vitest";
import { makeDocument } from "../../bots/documents/index.ts";
import type { Recording } from "../../core/engine/message.ts";
import { openTestDatabase } from "../support/database.ts";
import { newSecrets, openTestStores } from "../support/stores.ts";
import { accessibilityProblems, noBrowser, openBrowser } from "./chromium.ts";
import { openStand } from "./stand.ts";

/** A microphone that beeps, and is lent without asking. */
const MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
/** How WebM begins: https://www.rfc-editor.org/rfc/rfc8794#name-ebml-header */
const WEBM = [0x1a, 0x45, 0xdf, 0xa3];

describe.skipIf(noBrowser)("The browser phone, where voice notes are listened to", () => {
  test("records one, from one press of the button to the next", async () => {
    const database = await openTestDatabase();
    const stores = await openTestStores(database, newSecrets());
    let recording: Recording | undefined;
    const stand = await openStand(
      stores,
      ({ incoming }) => {
        recording = incoming.kind === "media" ? incoming.recording : undefined;
        return { text: "Ho sentito.", choices: [] };
      },
      makeDocument,
      0,
      true,
    );
    const browser = await openBrowser(MICROPHONE);
    try {
      const page = await browser.newPage();
      await page.goto(stand.url);
      const phone = page.locator(".phone").first();
      await phone.getByRole("button", { name: "Registra un messaggio vocale" }).click();
      const stop = phone.getByRole("button", { name: "Ferma e invia il messaggio vocale" });
      await stop.waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await stop.click();
      await phone.getByText("Ho sentito.").waitFor();
      await phone.getByRole("button", { name: "Registra un messaggio vocale" }).waitFor();
      expect(recording).toMatchObject({ type: expect.stringContaining("audio/webm") });
      const [channel] = stand.channels.filter(({ name }) => name === "phone-whatsapp");
      const fetched = recording && (await channel?.fetchRecording?.(recording, new AbortController().signal));
      const bytes = fetched?.kind === "fetched" ? fetched.bytes : new Uint8Array();
      expect([...bytes.subarray(0, 4)]).toEqual(WEBM);
    } finally {
      await browser.close();
      await stand.stop();
      await database.close();
    }
  });
});
