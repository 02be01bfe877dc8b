import type { z } from "zod";
import type { Mistake } from "../edition/checks.ts";

/** What is wrong in a file of the count, by position: `ballots.3.1`, counted from 0. */
export function mistakesIn(error: z.ZodError | undefined): Mistake[] {
  return (error?.issues ?? []).flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].join("."),
          message: "is not known: is it misspelt?",
        }))
      : [{ path: issue.path.join("."), message: issue.message }],
  );
}
