import { describe, expect, it } from "vitest";
import type { Edition } from "../core/edition/schema.ts";
import { servingProblems } from "../serving.ts";
import { readSettings, type Settings } from "../settings.ts";
import { file2022, fileDemo, load } from "./edition/samples.ts";

const KEYS = { SECRET_KEYS: `a:${"A".repeat(43)}=`, LOOKUP_PEPPER: `${"B".repeat(43)}=` };
const READY = {
  ...KEYS,
  DATABASE_URL: "postgresql://localhost/vote",
  BASE_URL: "https://partecipa.example.org",
  SMTP_URL: "smtp://localhost",
  MAIL_FROM: "voto@example.org",
};

function settings(env: Record<string, string>): Settings {
  const read = readSettings(env);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.settings;
}

/** The demonstration's rules of voting in an edition that is none. */
function real(routes?: Partial<NonNullable<NonNullable<Edition["vote"]>["ballot"]>["routes"]>): Edition {
  const edition = load(fileDemo, "2026-09-07");
  const { vote } = edition;
  if (!vote?.ballot) throw new Error("The demonstration has no ballot.");
  const ballot = { ...vote.ballot, routes: { ...vote.ballot.routes, ...routes } };
  return { ...edition, demo: false, vote: { ...vote, ballot } };
}

const variables = (env: Record<string, string>, edition: Edition) =>
  servingProblems(settings(env), edition).map(({ variable }) => variable);

describe("a real vote", () => {
  it("is served with a server, https and a way to sign in", () => {
    expect(variables(READY, real())).toEqual([]);
  });

  it("is refused on the embedded database, without https, and where nobody could sign in", () => {
    expect(variables({}, real({ station: false }))).toEqual(["DATABASE_URL", "BASE_URL", "SMTP_URL"]);
  });

  it("needs no e-mail where people sign in at a station alone", () => {
    const { SMTP_URL: _, MAIL_FROM: __, ...rest } = READY;
    expect(variables(rest, real({ spid: false, code: "off", station: true }))).toEqual([]);
    expect(variables(rest, real({ spid: false, station: false }))).toEqual(["SMTP_URL"]);
  });
});

it("asks nothing of a demonstration, nor of an edition that is voted elsewhere", () => {
  expect(variables({}, load(fileDemo, "2026-09-07"))).toEqual([]);
  expect(variables({}, load(file2022))).toEqual([]);
});
