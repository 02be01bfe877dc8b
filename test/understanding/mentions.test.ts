import { describe, expect, test } from "vitest";
import { readMentions } from "../../core/understanding/mentions.ts";
import { demo } from "../support/talk.ts";

const dEnza = {
  comuni: [
    { id: "san-polo", name: "San Polo d'Enza" },
    { id: "montecchio", name: { it: "Montecchio Emilia", en: "Montecchio Emilia" } },
    { id: "canossa", name: "Canossa", places: ["Ciano d'Enza", "Rossena"] },
  ],
};

describe("What a sentence says beside what is wanted", () => {
  test.each([
    ["vorrei proporre il wifi a Gropparello, 4000 euro", { comune: "gropparello", euros: 4000 }],
    ["un corso a SAN GIORGIO da tremila euro", { comune: "san-giorgio", euros: 3000 }],
    ["un totem a carpanetto, 5 mila", { comune: "carpaneto", euros: 5000 }],
    ["una bacheca a Carpaneto Piacentino", { comune: "carpaneto" }],
    ["internet a groparello € 3.500,00", { comune: "gropparello", euros: 3500 }],
    ["wifi a Podenzano e a Vigolzone, 10k", { euros: 10_000 }],
    ["due corsi per 30 anziani", {}],
    ["chiamatemi al 333 1234567", {}],
    ["ho 83 anni e sono nato nel 1943", {}],
    ["tra 3000 e 5000 euro", {}],
    ["san Antonio", {}],
    ["", {}],
    ["😂", {}],
  ])("%s", (text, mentions) => {
    expect(readMentions(text, demo)).toEqual(mentions);
  });

  test("Comuni are known by the beginning of their name that no other has, and by their hamlets", () => {
    expect(readMentions("abito a San Polo", dEnza)).toEqual({ comune: "san-polo" });
    expect(readMentions("il parco di Montecchio", dEnza)).toEqual({ comune: "montecchio" });
    expect(readMentions("una panchina a rossena", dEnza)).toEqual({ comune: "canossa", place: "Rossena" });
    expect(readMentions("vicino a Ciano d’Enza", dEnza)).toEqual({
      comune: "canossa",
      place: "Ciano d'Enza",
    });
  });

  test("a long message takes no time to speak of", () => {
    const text = "Gropparello 12/3/50 3331234567 € ".repeat(200).slice(0, 4096);
    expect(readMentions(text, demo)).toEqual({ comune: "gropparello" });
  });
});
