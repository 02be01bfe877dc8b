import { expect, test } from "vitest";
import { makeEngine, teach } from "../../core/understanding/engine.ts";
import { loadModel } from "../../locales/understanding.ts";

test("The engine keeps nothing of what it is given", async () => {
  const engine = makeEngine();
  for (const language of ["it", "en"]) {
    const model = await loadModel(language);
    if (model) teach(engine, model);
    await engine.classify(language, "my secret is zanzibarbaro");
  }
  expect(findIn(engine, "zanzibar")).toEqual([]);
  // The search itself finds what is there.
  expect(findIn({ deep: new Map([["a", [{ b: "so zanzibar" }]]]) }, "zanzibar")).toHaveLength(1);
});

/** Paths of the strings, keys among them, that contain something. */
function findIn(root: unknown, text: string): readonly string[] {
  const found: string[] = [];
  const seen = new Set<unknown>();
  const waiting: [path: string, value: unknown][] = [["", root]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [path, value] = next;
    if (typeof value === "string" && value.includes(text)) found.push(path);
    if (value === null || (typeof value !== "object" && typeof value !== "function")) continue;
    if (seen.has(value) || ArrayBuffer.isView(value)) continue;
    seen.add(value);
    if (value instanceof Map)
      waiting.push(...[...value].map((pair, at): [string, unknown] => [`${path}.${at}`, pair]));
    if (value instanceof Set)
      waiting.push(...[...value].map((one, at): [string, unknown] => [`${path}.${at}`, one]));
    for (const key of Reflect.ownKeys(value)) {
      if (String(key).includes(text)) found.push(`${path}.${String(key)}`);
      const property = Reflect.getOwnPropertyDescriptor(value, key);
      if (property && "value" in property) waiting.push([`${path}.${String(key)}`, property.value]);
    }
  }
  return found;
}
