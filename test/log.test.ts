import { expect, test } from "vitest";
import { Defect } from "../core/defect.ts";
import { makeLog } from "../log.ts";

function logged(write: (log: ReturnType<typeof makeLog>) => void): string {
  const lines: string[] = [];
  write(makeLog("debug", { write: (line) => void lines.push(line) }));
  return lines.join("");
}

test("A log holds ids", () => {
  const line = logged((log) => log.info({ contactId: "c1", turns: 3 }, "answered"));
  expect(JSON.parse(line)).toMatchObject({ level: "info", contactId: "c1", turns: 3, msg: "answered" });
});

test("What a person wrote is hidden even where it was logged by mistake", () => {
  const line = logged((log) => {
    log.info({ text: "hunter2", contact: { surname: "hunter2" } });
    log.info({ arrival: { incoming: { kind: "text", text: "hunter2" } }, session: { answers: ["hunter2"] } });
  });
  expect(line).not.toContain("hunter2");
});

test("An error tells its kind and its place, not its message, which may quote what was refused", () => {
  const line = logged((log) => {
    const cause = Object.assign(new Error("Key (email)=(hunter2) already exists"), { code: "23505" });
    log.error({ err: new SyntaxError("Unexpected token: hunter2", { cause }) }, "turn failed");
    log.error({ err: "hunter2" });
  });
  expect(line).not.toContain("hunter2");
  expect(line).toContain('"type":"SyntaxError"');
  expect(line).toContain('"errorCode":"23505"');
  expect(line).toContain("log.test.ts");
});

test("The message of a defect of ours is kept", () => {
  expect(logged((log) => log.error({ err: new Defect('There is no message "menu.lost".') }))).toContain(
    "menu.lost",
  );
});
