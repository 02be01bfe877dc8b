import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { z } from "zod";

const path = process.env["CHROMIUM"] || "/usr/bin/chromium";

/** Why there is no browser to test with, if so. */
export const noBrowser = existsSync(path) ? undefined : `There is no Chromium at ${path}; set CHROMIUM.`;

/** @param more switches of Chromium's */
export function openBrowser(more: readonly string[] = []): Promise<Browser> {
  // Containers give Chromium neither the rights for its sandbox nor much shared memory.
  return chromium.launch({
    executablePath: path,
    args: ["--no-sandbox", "--disable-dev-shm-usage", ...more],
  });
}

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Runs in the page: what axe finds against WCAG 2.2 AA, a line each. */
const look = `axe
  .run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((it) => id + ": " + it.target.join(" "))))`;

/** The problems of accessibility that a page has, as axe finds them. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // The page's own policy lets no script in; this one comes in by the debugger.
  await page.evaluate(axe);
  return z.array(z.string()).parse(await page.evaluate(look));
}
