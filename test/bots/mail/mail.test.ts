import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { makeDocument } from "../../../bots/documents/index.ts";
import { createMail } from "../../../bots/mail/index.ts";
import { mailboxPost } from "../../../bots/mail/mailbox.ts";
import { smtpPost } from "../../../bots/mail/smtp.ts";

const message = {
  text: "Il tuo codice\n\nIl codice è 123456.\nVale 15 minuti.",
  choices: [{ data: "x", label: "Non si preme" }],
  link: { url: "https://example.org/x", label: "Apri" },
};

let server: Server | undefined;
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

/** A small SMTP server; an answer of `null` is silence, of "" a cut line. */
async function smtp(answers: Record<string, string | null> = {}) {
  const letters: string[] = [];
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    const say = (verb: string, otherwise: string) => {
      const answer = verb in answers ? answers[verb] : otherwise;
      if (answer === "") socket.destroy();
      else if (answer !== null) socket.write(`${answer}\r\n`);
    };
    let data: string | undefined;
    let pending = "";
    say("hello", "220 fake");
    socket.on("data", (chunk) => {
      pending += chunk.toString("latin1");
      for (let end = pending.indexOf("\r\n"); end >= 0; end = pending.indexOf("\r\n")) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 2);
        if (data !== undefined && line !== ".") data += `${line}\n`;
        else if (data !== undefined) {
          letters.push(data);
          data = undefined;
          say("body", "250 taken");
        } else {
          const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? "";
          if (verb === "DATA") data = "";
          say(verb, verb === "DATA" ? "354 go on" : "250 ok");
        }
      }
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The server has no port.");
  return { letters, port: address.port };
}

async function send(port: number, to = "rosa@example.org") {
  const post = smtpPost(
    `smtp://127.0.0.1:${port}?ignoreTLS=true&greetingTimeout=200&socketTimeout=300`,
    "Bene Comune <no-reply@example.org>",
  );
  const mail = createMail({ post, makeDocument });
  const [payload] = mail.render(message);
  if (!payload) throw new Error("Nothing was drawn.");
  return mail.send(to, payload);
}

test("the first line is the subject, the rest is the letter, with the link under it", () => {
  const mail = createMail({ post: async () => ({ kind: "sent", id: "1" }), makeDocument });
  expect(mail.render(message)).toEqual([
    { subject: "Il tuo codice", text: "Il codice è 123456.\nVale 15 minuti.\n\nApri: https://example.org/x" },
  ]);
});

describe("By SMTP", () => {
  test("a letter arrives with its subject, as an automatic one", async () => {
    const { letters, port } = await smtp();
    expect(await send(port)).toMatchObject({ kind: "sent" });
    expect(letters).toHaveLength(1);
    expect(letters[0]).toContain("Subject: Il tuo codice");
    expect(letters[0]).toContain("Auto-Submitted: auto-generated");
    expect(letters[0]).toContain("To: rosa@example.org");
  });

  test("an address cannot smuggle in another one", async () => {
    const { letters, port } = await smtp();
    await send(port, "a@example.org, b@example.org\r\nBcc: c@example.org");
    expect(letters.join()).not.toMatch(/^Bcc:/m);
  });

  test.each([
    ["an unknown person", { RCPT: "550 no such user" }, "refused"],
    ["a full mailbox", { RCPT: "452 full" }, "later"],
    ["a letter that is not wanted", { body: "554 spam" }, "refused"],
    ["a server in trouble", { body: "451 later" }, "later"],
    ["a server that does not greet", { hello: null }, "later"],
    ["a line cut after the letter", { body: "" }, "uncertain"],
    ["silence after the letter", { body: null }, "uncertain"],
  ])("%s: the outcome is right", async (_, answers, kind) => {
    const { port } = await smtp(answers);
    expect(await send(port)).toMatchObject({ kind });
  });

  test("a server that is away is tried later", async () => {
    const { port } = await smtp();
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    expect(await send(port)).toMatchObject({ kind: "later" });
  });

  test("the reason quotes nobody's address", async () => {
    const { port } = await smtp({ RCPT: "550 <rosa@example.org> unknown" });
    expect(JSON.stringify(await send(port))).not.toContain("rosa");
  });
});

test("in the demo a letter goes to the mailbox, with the name of its attachment", async () => {
  const kept: unknown[] = [];
  const mail = createMail({
    post: mailboxPost({ deliver: async (letter) => void kept.push(letter) }),
    makeDocument,
  });
  const document = { fileName: "copia.pdf", language: "it", title: "Copia", intro: [], rows: [], notes: [] };
  for (const payload of mail.render({ text: "Copia\nEccola.", choices: [], document }))
    expect(await mail.send("rosa@example.org", payload)).toMatchObject({ kind: "sent" });
  expect(kept).toEqual([{ to: "rosa@example.org", subject: "Copia", text: "Eccola.\n\n[copia.pdf]" }]);
});
