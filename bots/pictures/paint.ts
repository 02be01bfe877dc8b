/**
 * The colours of pictures: each pair that meets has a contrast of at least 4.5:1 for words and 3:1 for
 * shapes. A picture has these and what lies between two of them, and nothing else.
 */
export const PAINT = {
  paper: "#ffffff",
  ink: "#14261f",
  soft: "#46554e",
  accent: "#0b5d53",
  bar: "#6f857b",
} as const;
export type Paint = keyof typeof PAINT;
