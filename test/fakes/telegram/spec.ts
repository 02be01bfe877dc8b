import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { type Parameters, UploadedFile } from "./types.ts";

const FILE = new URL("../../../../shared/conformance/telegram-spec/api.min.json", import.meta.url);

const field = z.object({ name: z.string(), types: z.array(z.string()), required: z.boolean() });
const specification = z.object({
  methods: z.record(z.string(), z.object({ name: z.string(), fields: z.array(field).default([]) })),
  types: z.record(
    z.string(),
    z.object({ fields: z.array(field).default([]), subtypes: z.array(z.string()).default([]) }),
  ),
});

/** Says what is wrong with a call by Telegram's own specification. */
export type CheckCall = (method: string, parameters: Parameters) => readonly string[];

/** Says what is wrong with a value of one of its types, such as `Update`. */
export type CheckType = (type: string, value: unknown) => readonly string[];

/** `undefined` where the specification does not lie beside the repository. */
export const loadSpec = (): CheckCall | undefined => load()?.call;
export const loadTypes = (): CheckType | undefined => load()?.type;

function load(): { readonly call: CheckCall; readonly type: CheckType } | undefined {
  if (!existsSync(FILE)) return undefined;
  const { methods, types } = specification.parse(JSON.parse(readFileSync(FILE, "utf8")));
  const byName = new Map(Object.values(methods).map((method) => [method.name.toLowerCase(), method]));

  type Fields = z.infer<typeof field>[];
  function fieldsOf(fields: Fields, given: Parameters, path: string): string[] {
    const known = new Set(fields.map(({ name }) => name));
    return [
      ...Object.keys(given)
        .filter((name) => !known.has(name))
        .map((name) => `${path}.${name} is not known`),
      ...fields.flatMap(({ name, types: allowed, required }) => {
        const value = given[name];
        if (value === undefined) return required ? [`${path}.${name} is missing`] : [];
        const tried = allowed.map((type) => typed(type, value, `${path}.${name}`));
        return tried.find((problems) => problems.length === 0) ?? tried[0] ?? [];
      }),
    ];
  }

  function typed(type: string, value: unknown, path: string): string[] {
    const wrong = [`${path} is not of type ${type}`];
    if (type === "String") return typeof value === "string" ? [] : wrong;
    if (type === "Integer") return Number.isSafeInteger(value) ? [] : wrong;
    if (type === "Float") return typeof value === "number" ? [] : wrong;
    if (type === "Boolean") return typeof value === "boolean" ? [] : wrong;
    if (type === "InputFile") return value instanceof UploadedFile ? [] : wrong;
    if (type.startsWith("Array of ")) {
      if (!Array.isArray(value)) return wrong;
      return value.flatMap((item, at) => typed(type.slice("Array of ".length), item, `${path}[${at}]`));
    }
    const named = types[type];
    if (!named || typeof value !== "object" || value === null) return wrong;
    if (named.subtypes.length > 0) {
      const tried = named.subtypes.map((subtype) => typed(subtype, value, path));
      return tried.find((problems) => problems.length === 0) ?? wrong;
    }
    return fieldsOf(named.fields, { ...value }, path);
  }

  return {
    call(method, parameters) {
      const found = byName.get(method);
      return found ? fieldsOf(found.fields, parameters, found.name) : [`${method} is not a method`];
    },
    type: (type, value) => typed(type, value, type),
  };
}
