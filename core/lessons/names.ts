/** The lessons, in the order in which they are offered. Each is a flow, a file here and a file of words. */
export const lessonNames = ["spid", "cie", "pagopa", "appio", "scam"] as const;
export type LessonName = (typeof lessonNames)[number];

export const isLesson = (name: string): name is LessonName => lessonNames.some((one) => one === name);
