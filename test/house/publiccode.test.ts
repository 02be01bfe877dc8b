import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { loadWords } from "../../locales/index.ts";

/** What publiccode.yml 0.4 asks for, as far as this project fills it in: yml.publiccode.tools */
const description = z.strictObject({
  genericName: z.string().max(35),
  shortDescription: z.string().trim().max(150),
  longDescription: z.string().min(150).max(10_000),
  features: z.array(z.string().max(100)).min(1),
});
const publiccode = z.strictObject({
  publiccodeYmlVersion: z.literal("0.4"),
  name: z.string(),
  url: z.url(),
  softwareVersion: z.string(),
  releaseDate: z.iso.date(),
  developmentStatus: z.enum(["concept", "development", "beta", "stable", "obsolete"]),
  softwareType: z.literal("standalone/web"),
  platforms: z.array(z.string()).min(1),
  categories: z.array(z.enum(["budgeting", "digital-citizenship", "instant-messaging"])).min(1),
  intendedAudience: z.strictObject({
    countries: z.array(z.literal("it")),
    scope: z.array(z.enum(["local-authorities", "government", "society"])),
  }),
  description: z.record(z.enum(["it", "en"]), description),
  legal: z.strictObject({ license: z.string() }),
  maintenance: z.strictObject({
    type: z.literal("community"),
    contacts: z.array(z.strictObject({ name: z.string(), email: z.email().optional() })).min(1),
  }),
  localisation: z.strictObject({ localisationReady: z.boolean(), availableLanguages: z.array(z.string()) }),
  dependsOn: z.strictObject({
    open: z.array(
      z.strictObject({ name: z.string(), versionMin: z.string(), optional: z.boolean().optional() }),
    ),
  }),
  it: z.strictObject({
    countryExtensionVersion: z.literal("1.0"),
    piattaforme: z.record(z.enum(["anpr", "cie", "pagopa", "spid"]), z.boolean()),
  }),
});
const manifest = z.object({ version: z.string(), license: z.string() });

test("publiccode.yml describes this version, its licence and the languages that are offered", () => {
  const described = publiccode.parse(parse(readFileSync("publiccode.yml", "utf8")));
  const { version, license } = manifest.parse(JSON.parse(readFileSync("package.json", "utf8")));
  expect(described.softwareVersion).toBe(version);
  expect(described.legal.license).toBe(license);
  expect(described.localisation.availableLanguages).toEqual(loadWords().languages);
});
