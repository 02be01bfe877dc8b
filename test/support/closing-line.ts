import type { Reporter } from "vitest/node";

/**
 * Ends a run with `N passed, N failed`, alone on a line, and `, N skipped` where tests were
 * skipped: the line that CI counts by. What failed outside any test counts as failed too.
 */
export class ClosingLine implements Reporter {
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void = (line) => process.stdout.write(`${line}\n`)) {
    this.#write = write;
  }

  onTestRunEnd(...[modules, unhandled]: Parameters<NonNullable<Reporter["onTestRunEnd"]>>): void {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        // A test that never came to an end was not passed.
        counts[state === "pending" ? "failed" : state] += 1;
      }
      counts.failed += module.errors().length;
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    }
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
    this.#write(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
  }
}
