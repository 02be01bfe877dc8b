import { expect, test } from "vitest";
import { fresh, says, talk } from "../support/talk.ts";

test("Whoever asks for a code gets one by which the office can try a message in this chat, for a day", () => {
  const { message, effects } = talk(fresh(), says("Codice di prova"));
  const code = /è (\w{6})\./.exec(message.text.replace(/[\u2068\u2069]/g, ""))?.[1];
  expect(code).toMatch(/^[ACDEFGHJKLMNPQRTUVWXY34679]{6}$/);
  expect(effects).toMatchObject([{ kind: "offerTest", code }]);
});
