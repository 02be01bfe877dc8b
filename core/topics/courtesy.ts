import type { Topic } from "../topic.ts";

/** Thanks and goodbyes are answered as people do: `courtesy-thanks`. */
export const courtesy: Topic = {
  name: "courtesy",
  answer: (_context, _session, about) => ({
    say: { key: about === "goodbye" ? "home.goodbye" : "home.thanks" },
  }),
};
