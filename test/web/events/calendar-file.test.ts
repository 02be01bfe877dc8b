import ICAL from "ical.js";
import { describe, expect, it, test } from "vitest";
import type { Edition } from "../../../core/edition/schema.ts";
import { loadWords } from "../../../locales/index.ts";
import { eventPages } from "../../../web/events/index.ts";
import { load } from "../../edition/samples.ts";

const demo = load("editions/demo.yaml", "2026-09-07");
const words = loadWords();

type Event = Edition["events"][number];

const assembly: Event = {
  id: "assemblea",
  name: { it: "Assemblea; idee, progetti", en: "Assembly" },
  what: "Prima riga\nseconda riga con C:\\cartella, e una frase tanto lunga che non sta in una riga sola, perché è così…",
  from: "2027-03-05 20:30",
  to: "2027-03-05 22:30",
  where: "Biblioteca, via Città d’Umbrìa 1, Vigolzone",
  online: "https://assemblea.example.org/sala?numero=1,2;3",
  sources: ["prova"],
};

const file = async (event: Event, query = "") => {
  const app = eventPages({
    edition: { ...demo, events: [event] },
    words,
    pages: (path) => `https://partecipa.example.org${path}`,
    now: () => new Date("2026-11-22T10:00:00Z"),
  });
  return app.request(`/eventi/${event.id}.ics${query}`);
};

/** As a calendar's own reader understands it. */
async function read(event: Event, query?: string) {
  const calendar = new ICAL.Component(ICAL.parse(await (await file(event, query)).text()));
  const [only, ...more] = calendar.getAllSubcomponents("vevent");
  if (!only || more.length > 0) throw new Error("There is not one event in the file.");
  return new ICAL.Event(only);
}

describe("the file of an event", () => {
  it("says what, where and when, letter by letter", async () => {
    const found = await read(assembly);
    expect(found.summary).toBe("Assemblea; idee, progetti");
    expect(found.location).toBe(assembly.where);
    expect(found.description.split("\n").slice(0, 2).join("\n")).toBe(assembly.what);
    expect(found.description).toContain("Fonte: Dati inventati per la prova");
    expect(found.component.getFirstPropertyValue("url")).toBe(assembly.online);
  });

  it("speaks the language of who asks", async () => {
    expect((await read(assembly, "?lang=en")).summary).toBe("Assembly");
  });

  test.each([
    ["winter", "2027-03-05 20:30", "2027-03-05T19:30:00.000Z"],
    ["summer", "2027-07-05 20:30", "2027-07-05T18:30:00.000Z"],
    ["the evening after clocks went forward", "2027-03-28 20:30", "2027-03-28T18:30:00.000Z"],
    ["an hour that clocks show twice", "2027-10-31 02:30", "2027-10-31T00:30:00.000Z"],
    ["an hour that clocks never show", "2027-03-28 02:30", "2027-03-28T01:30:00.000Z"],
  ])("has the same instant everywhere: %s", async (_when, from, instant) => {
    const { startDate } = await read({ ...assembly, from, to: `${from.slice(0, 10)} 23:30` });
    expect(startDate.toJSDate().toISOString()).toBe(instant);
    expect(startDate.zone.tzid).toBe("UTC");
  });

  it("keeps the event's name when anything else of it changes", async () => {
    const later = await read({ ...assembly, from: "2027-03-06 20:30", to: "2027-03-06 21:00" }, "?lang=en");
    expect(later.uid).toBe((await read(assembly)).uid);
    expect((await read({ ...assembly, id: "altra" })).uid).not.toBe(later.uid);
  });

  it("has lines of 75 octets at most, whole characters, and CRLF alone", async () => {
    const bytes = Buffer.from(await (await file(assembly)).arrayBuffer());
    const lines = bytes.toString("latin1").split("\r\n");
    expect(lines.pop()).toBe("");
    expect(Math.max(...lines.map(({ length }) => length))).toBe(75);
    expect(lines.join("")).not.toMatch(/[\r\n]/);
    for (const line of lines) expect(Buffer.from(line, "latin1").toString("utf8")).not.toContain("\uFFFD");
  });

  it("escapes what separates values in a list", async () => {
    const lines = (await (await file(assembly)).text()).replaceAll("\r\n ", "").split("\r\n");
    const texts = lines.flatMap((line) => /^(?:SUMMARY|DESCRIPTION|LOCATION):(.*)$/.exec(line)?.[1] ?? []);
    expect(texts).toHaveLength(3);
    // The grammar of a text: RFC 5545, 3.3.11.
    for (const text of texts) expect(text).toMatch(/^(?:[^\\;,\p{Cc}]|\\[\\;,nN])*$/u);
  });

  it("is taken by a browser for what it is, and is nowhere for what there is not", async () => {
    const { headers } = await file(assembly);
    expect(headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(headers.get("content-disposition")).toBe('attachment; filename="assemblea.ics"');
    const app = eventPages({ edition: demo, words, pages: () => undefined, now: () => new Date() });
    expect((await app.request("/eventi/altra.ics")).status).toBe(404);
  });
});
