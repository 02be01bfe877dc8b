import type { Locator, Page } from "playwright-core";
import { until } from "../support/until.ts";

/** A phone of the simulator, in the hands of somebody who sees and presses what is on the page. */
export interface SimulatedPhone {
  readonly element: Locator;
  /** Chooses the look. */
  looksLike(look: Look): Promise<void>;
  /** Presses what an empty chat offers. */
  begin(): Promise<string>;
  /** Writes, and resolves with the reply. */
  writes(text: string): Promise<string>;
  /** Presses what stands under the last message, or in the list that it opens, and resolves with the reply. */
  presses(label: string): Promise<string>;
  /** Writes and does not wait. */
  sends(text: string): Promise<void>;
  /** Resolves with the last message once there are more of the assistant's than so many. */
  hears(moreThan: number): Promise<string>;
  /** How many messages of the assistant's are on the screen. */
  heard(): Promise<number>;
}

export type Look = "WhatsApp" | "Telegram";

/** A start of the whole program, in the middle of a message, takes this long on a busy machine. */
const PATIENCE_MS = 30_000;

/** @param owner whose phone it is, as its caption says */
export function simulatedPhone(page: Page, owner: string): SimulatedPhone {
  const element = page.getByRole("region", { name: `Telefono di ${owner}` });
  const theirs = element.locator(".entries .theirs");
  const field = element.getByLabel("Scrivi un messaggio");
  const sheet = element.getByRole("dialog");

  async function hears(moreThan: number): Promise<string> {
    await until(
      () => theirs.count(),
      (count) => count > moreThan,
      PATIENCE_MS,
    );
    // What is only there to be read out, and the time, are not part of the words.
    const text = (await theirs.last().locator(".text").textContent()) ?? "";
    return text.replace(/\s*\d\d:\d\d$/, "");
  }

  async function replyTo(does: () => Promise<unknown>): Promise<string> {
    const before = await theirs.count();
    await does();
    return hears(before);
  }

  async function send(text: string): Promise<void> {
    await field.fill(text);
    await field.press("Enter");
  }

  async function press(label: string): Promise<void> {
    const keys = theirs.last().locator(".keys");
    const button = keys.getByRole("button", { name: label, exact: true });
    if ((await button.count()) > 0) return button.click();
    await keys.getByRole("button").click();
    await sheet.locator("label", { hasText: label }).click();
    await sheet.getByRole("button", { name: "Invia" }).click();
  }

  return {
    element,
    looksLike: (look) => element.getByText(look, { exact: true }).click(),
    begin: () => replyTo(() => element.getByRole("button", { name: /^(Ciao|Avvia)$/ }).click()),
    writes: (text) => replyTo(() => send(text)),
    presses: (label) => replyTo(() => press(label)),
    sends: send,
    hears,
    heard: () => theirs.count(),
  };
}
