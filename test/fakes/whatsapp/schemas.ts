import { existsSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { z } from "zod";

const FILE = new URL(
  "../../../../shared/conformance/meta-openapi/business-messaging-api_v23.0.yaml",
  import.meta.url,
);

const SCHEMA_OF: Readonly<Record<string, string>> = {
  text: "TextMessage",
  document: "DocumentMessage",
  image: "ImageMessage",
  interactive: "InteractiveMessage",
  template: "TemplateMessage",
};

/** Says what is wrong with a message by Meta's own schemas. */
export type CheckMessage = (message: { readonly type: string }) => readonly string[];

/**
 * Meta's schemas, where they lie beside the repository, made to take Meta's own examples: as published
 * they forbid in one part what another demands.
 */
export function loadSchemas(): CheckMessage | undefined {
  loaded ??= existsSync(FILE) ? load() : undefined;
  return loaded;
}

let loaded: CheckMessage | undefined;

function load(): CheckMessage {
  const { components } = z
    .object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) })
    .parse(parse(readFileSync(FILE, "utf8")));
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: false, logger: false });
  ajv.addSchema({ $id: "meta", components: loosened(components) });
  return (message) => {
    const name = SCHEMA_OF[message.type];
    if (name === undefined) return [`${message.type} is not a type`];
    const validate = ajv.getSchema(`meta#/components/schemas/${name}`);
    if (!validate) return [`there is no schema ${name}`];
    // Links as buttons are documented, and not in these schemas.
    if (validate(linkAside(message))) return [];
    return (validate.errors ?? []).map(({ instancePath, message: why }) => `${instancePath} ${why ?? ""}`);
  };
}

function linkAside(message: { readonly type: string }): object {
  const link = z
    .looseObject({ interactive: z.looseObject({ type: z.literal("cta_url") }) })
    .safeParse(message);
  if (!link.success) return message;
  const action = { buttons: [{ type: "reply", reply: { id: "in place of a link", title: "Link" } }] };
  return { ...message, interactive: { ...link.data.interactive, type: "button", action } };
}

function loosened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(loosened);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (key === "additionalProperties" && inner === false) return [];
    if (key === "unevaluatedProperties" && inner === false) return [];
    if (key === "discriminator") return [];
    // Of a button's index, whose own example "0" it does not take.
    if (key === "pattern" && inner === "^[2-6, 11-14]$") return [];
    if (key === "required" && Array.isArray(inner))
      return [[key, inner.filter((name) => name !== "recipient_type")]];
    if (key === "oneOf") return [["anyOf", loosened(inner)]];
    return [[key, loosened(inner)]];
  });
  return Object.fromEntries(entries);
}
