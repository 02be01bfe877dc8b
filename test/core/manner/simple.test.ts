import { describe, expect, it } from "vitest";
import { calm } from "../../../core/manner/simple.ts";
import { fillingOf } from "../../../locales/filling.ts";
import { gulpease } from "../../../locales/gulpease.ts";
import { localeFiles, messageKeys } from "../../../locales/messages.ts";
import { demo, words } from "../../support/talk.ts";

const filling = fillingOf(demo);
const siblings = messageKeys("it", "simple").map((key) => [key, key.slice("simple.".length)] as const);
const acronyms = words.list("it", "manner.acronyms");

describe("A simpler sibling", () => {
  it.each(siblings)("%s takes the place of a message that there is, and is easier to read", (simple, key) => {
    expect(words.has("it", key)).toBe(true);
    for (const who of ["self", "someone"]) {
      const read = (one: string) => gulpease(words.say("it", { key: one, params: { ...filling, who } }));
      expect(read(simple)).toBeGreaterThan(read(key));
    }
  });

  it.each(siblings)("%s is filled by what fills the other", (simple, key) => {
    // What is filled in shows: each parameter leaves its name.
    const names = [...Object.keys(filling), "who"];
    const marked = Object.fromEntries(
      names.map((name) => [name, typeof filling[name] === "number" ? 3 : `‹${name}›`]),
    );
    const filledIn = (one: string) => new Set(words.say("it", { key: one, params: marked }).match(/‹\w+›/g));
    expect([...filledIn(simple)].sort()).toEqual([...filledIn(key)].sort());
  });
});

describe("Nothing shouts:", () => {
  it.each(localeFiles("it"))("words of %s in capitals are acronyms", (file) => {
    const shouted = messageKeys("it", file)
      .map((key) => words.say("it", { key, params: { ...filling, who: "self" } }))
      .flatMap((text) => text.match(/(?<![\p{L}\p{N}-])\p{Lu}{2,}(?![\p{L}\p{N}-])/gu) ?? []);
    const quoted = JSON.stringify(filling);
    expect(shouted.filter((word) => !acronyms.includes(word) && !quoted.includes(word))).toEqual([]);
  });

  it("titles in capitals are calmed, names, codes and acronyms are not", () => {
    const quiet = (title: string) => calm(title, acronyms);
    expect(quiet("WIFI LIBERO NELLE PIAZZE")).toBe("Wifi libero nelle piazze");
    expect(quiet("UN CORSO SPID PER I NONNI!")).toBe("Un corso SPID per i nonni!");
    for (const kept of [
      "MARIO ROSSI",
      "QLTVXD",
      "K7MD-4QXR",
      "SPID, CIE, PIN, OTP",
      "Wifi LIBERO NELLE PIAZZE",
    ])
      expect(quiet(kept)).toBe(kept);
  });
});
