import type { Page } from "playwright-core";
import { expect } from "vitest";
import { z } from "zod";
import { accessibilityProblems } from "./chromium.ts";

export const LARGE = { width: 1280, height: 800 };
const SIZES = [
  ["320 px, as 400 % zoom", { width: 320, height: 640 }],
  ["200 % zoom of a large screen", { width: LARGE.width / 2, height: LARGE.height / 2 }],
  ["a large screen", LARGE],
] as const;

/** Expects that axe finds nothing on a page at any size, and that it never scrolls sideways. */
export async function everySize(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of SIZES) {
    await page.setViewportSize(viewport);
    expect(await accessibilityProblems(page), `${name}, ${size}`).toEqual([]);
    expect(
      await page.evaluate("document.documentElement.scrollWidth"),
      `${name}, ${size}`,
    ).toBeLessThanOrEqual(viewport.width);
  }
}

/** What a page keeps in the browser: how many things in storage, and what stands with it in the history. */
export async function leftovers(page: Page): Promise<{ kept: number; state: unknown }> {
  return z.object({ kept: z.number(), state: z.unknown() }).parse(
    await page.evaluate(`(async () => ({
      kept: localStorage.length + sessionStorage.length + (await indexedDB.databases()).length + (await caches.keys()).length,
      state: history.state,
    }))()`),
  );
}

/** Bytes that come in while something is done by a browser that has nothing yet, as they travelled. */
export async function weightOf(page: Page, does: () => Promise<unknown>): Promise<number> {
  const network = await page.context().newCDPSession(page);
  let bytes = 0;
  network.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  await does();
  await network.detach();
  return bytes;
}
