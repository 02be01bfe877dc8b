import { appio } from "./appio.ts";
import { cie } from "./cie.ts";
import type { Lesson } from "./lesson.ts";
import type { LessonName } from "./names.ts";
import { pagopa } from "./pagopa.ts";
import { scam } from "./scam.ts";
import { spid } from "./spid.ts";

/** Every lesson by its name, in the order in which they are offered. */
export const lessons: Readonly<Record<LessonName, Lesson>> = { spid, cie, pagopa, appio, scam };
