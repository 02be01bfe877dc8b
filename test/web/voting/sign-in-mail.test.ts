import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDispatcher } from "../../../bots/dispatcher.ts";
import { makeDocument } from "../../../bots/documents/index.ts";
import { createMail } from "../../../bots/mail/index.ts";
import { smtpPost } from "../../../bots/mail/smtp.ts";
import { BrowserJar } from "../../support/browser-jar.ts";
import { until } from "../../support/until.ts";
import { openSignInStand, type SignInStand } from "./sign-in-stand.ts";

/** E-mails that the server took, and how many it will not take before. */
const taken: { readonly to: string; readonly text: string }[] = [];
let refusals = 0;
const server = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  onRcptTo(_address, _session, done) {
    refusals -= 1;
    // As a server says to whom it does not know yet (RFC 6647).
    done(refusals >= 0 ? Object.assign(new Error("Greylisted"), { responseCode: 451 }) : null);
  },
  onData(stream, { envelope }, done) {
    let text = "";
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    stream.on("end", () => {
      taken.push({ to: envelope.rcptTo[0]?.address ?? "", text });
      done();
    });
  },
});
const logged: string[] = [];
const log = pino({ level: "trace" }, { write: (line: string) => void logged.push(line) });
let stand: SignInStand;
let dispatcher: ReturnType<typeof createDispatcher>;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  stand = await openSignInStand({ options: { wrote: () => dispatcher.notify(), log } });
  const post = smtpPost(`smtp://127.0.0.1:${port}?ignoreTLS=true`, "Voto <voto@example.org>");
  const channels = [createMail({ post, makeDocument })];
  dispatcher = createDispatcher({ outbox: stand.house.stores.outbox, channels, log, random: () => 0 });
  dispatcher.start();
});
afterAll(async () => {
  await dispatcher.stop();
  await stand.close();
  await new Promise<void>((resolve) => server.close(resolve));
});

test("a code that the mail server refuses at first arrives once, and lets in; nobody is named in the log", async () => {
  refusals = 1;
  const rosa = await stand.enrol();
  const browser = new BrowserJar();
  await browser.open(`${stand.url}/voto`);
  await browser.submit();
  await browser.follow("/dati");
  const { name, surname, code: taxCode } = rosa;
  await browser.submit({ name, surname, taxCode, email: "typed@example.org", phone: "3331234567" });
  const stranger = new BrowserJar();
  await stranger.open(`${stand.url}/voto`);
  await stranger.submit();
  await stranger.follow("/dati");
  await stranger.submit({
    name,
    surname,
    taxCode: stand.strangersCode(),
    email: "a@b.it",
    phone: "3331234567",
  });

  const [letter] = await until(
    async () => taken,
    (all) => all.length > 0,
  );
  expect(letter?.to).toBe(rosa.email);
  expect(letter?.text).toContain("Subject: Il tuo codice per votare");
  const code = /\d{4} \d{4}/.exec(letter?.text ?? "")?.[0] ?? "";
  await browser.submit({ code: "00000000" }, "/codice");
  await browser.submit({ code }, "/codice");
  expect(await stand.signedIn(browser.cookie("ballot"))).toMatchObject({ voterId: rosa.id });
  expect(taken).toHaveLength(1);
  expect(refusals).toBe(-1);

  expect(logged.join()).toContain("451");
  const words = [
    name,
    surname,
    taxCode,
    rosa.email ?? "",
    "typed@",
    "3331234567",
    code,
    code.replace(" ", ""),
  ];
  for (const word of [...words, browser.cookie("ballot") ?? ""])
    expect(logged.join().toLowerCase()).not.toContain(word.toLowerCase());
});
