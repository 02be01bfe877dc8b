import { test } from "vitest";
import { countWhole } from "../../support/whole-count.ts";

test(
  "1,500 people vote: any two guarantors find every vote, and every voter their code",
  () => countWhole(1500),
  120_000,
);
