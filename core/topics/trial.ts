import { CODE_LENGTH, CODE_LETTERS } from "../codes.ts";
import type { Topic } from "../topic.ts";

/** For as long a message can be tried in a chat. */
const TRIAL_HOURS = 24;

/**
 * A code by which the office can try in this chat what it is about to send to many: nobody else gives a
 * code, so nobody else gets it, and whoever asks for one by mistake gets nothing.
 */
export const trial: Topic = {
  name: "trial",
  answer({ channel, address, draw, realNow }) {
    const code = draw(CODE_LETTERS, CODE_LENGTH);
    const until = new Date(realNow.getTime() + TRIAL_HOURS * 60 * 60 * 1000).toISOString();
    return {
      say: { key: "trial.code", params: { code: { literal: code } } },
      effects: [{ kind: "offerTest", code, channel, address, until }],
    };
  },
};
