import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTranscriber, type Sound, type Transcribe } from "../../../bots/voice/transcribe.ts";
import { readSettings } from "../../../settings.ts";
import { FakeTranscription, soundOf, type TranscriptionFault } from "../../fakes/transcription.ts";

let fake: FakeTranscription;
let transcribe: Transcribe;
beforeEach(async () => {
  fake = await new FakeTranscription().listen();
  transcribe = transcriberAt(fake.url);
});
afterEach(() => fake.close());

/** As the settings set one up. */
function transcriberAt(TRANSCRIBE_URL: string, TRANSCRIBE_TOKEN = fake.token): Transcribe {
  const read = readSettings({ TRANSCRIBE_URL, TRANSCRIBE_TOKEN });
  if (!read.ok || !read.settings.transcription) throw new Error("The settings were not taken.");
  return createTranscriber(read.settings.transcription);
}

const never = new AbortController().signal;
const note = (words: string, type?: string): Sound => ({ bytes: soundOf(words), type });

describe("the words of a sound", () => {
  test("come from the service, which is asked as its interface has it", async () => {
    expect(await transcribe(note("vorrei proporre il wifi"), "it", never)).toEqual({
      kind: "heard",
      text: "vorrei proporre il wifi",
    });
    expect(fake.taken).toEqual([{ words: "vorrei proporre il wifi", language: "it", file: "voice.ogg" }]);
  });

  test.each([
    ["audio/ogg; codecs=opus", "voice.ogg"],
    ["audio/mpeg", "voice.mp3"],
    ["AUDIO/MP4", "voice.m4a"],
    ["audio/webm;codecs=opus", "voice.webm"],
    ["", "voice.ogg"],
  ])("a sound of type %j is named %s", async (type, name) => {
    await transcribe(note("ciao", type), "it", never);
    expect(fake.taken[0]?.file).toBe(name);
  });

  test.each(["", "/", "/v1", "/v1/", "/v1/audio/transcriptions", "/v1/audio/transcriptions/"])(
    "are asked for at the same address, whether the settings end with %j",
    async (path) => {
      expect(await transcriberAt(fake.url + path)(note("ciao"), "it", never)).toMatchObject({
        kind: "heard",
      });
    },
  );

  test.each([
    ["Maria.", "Maria"],
    ["Nonni in rete per tutti.", "Nonni in rete per tutti"],
    [" Come si vota? ", "Come si vota?"],
    ["Sì. No.", "Sì. No."],
    ["Costa 4.000 euro.", "Costa 4.000 euro."],
    ["Molti anziani non sanno usare il telefono.", "Molti anziani non sanno usare il telefono."],
    ["a\u0000b\u202ec", "abc"],
  ])("%j are taken for %j", async (said, text) => {
    expect(await transcribe(note(said), "it", never)).toEqual({ kind: "heard", text });
  });

  test.each(["", "  ", "...", "♪♪", "[Musica]", "(silenzio) …"])("%j are none", async (said) => {
    expect(await transcribe(note(said), "it", never)).toEqual({ kind: "silent" });
  });

  test("are too many where nobody could read them again", async () => {
    expect(await transcribe(note("parola ".repeat(600)), "it", never)).toEqual({ kind: "long" });
  });
});

describe("where the service does not answer as it should", () => {
  test.each<[TranscriptionFault, object]>([
    [{ status: 413 }, { kind: "long" }],
    [{ status: 429 }, { kind: "failed", reason: "HTTP 429" }],
    [{ status: 500 }, { kind: "failed", reason: "HTTP 500" }],
    [{ status: 302 }, { kind: "failed", reason: expect.any(String) }],
    [{ body: "<html>" }, { kind: "failed", reason: "no JSON" }],
    [{ body: "[]" }, { kind: "failed", reason: "no text" }],
    [{ body: '{"text":5}' }, { kind: "failed", reason: "no text" }],
    ["endless", { kind: "failed", reason: "too many bytes" }],
    ["cut", { kind: "failed", reason: expect.any(String) }],
  ])("%j is told by a code", async (fault, outcome) => {
    fake.faults.push(fault);
    const transcribed = await transcribe(note("segreto"), "it", never);
    expect(transcribed).toEqual(outcome);
    expect(JSON.stringify(transcribed)).not.toContain("segreto");
    expect(await transcribe(note("ciao"), "it", never)).toMatchObject({ kind: "heard" });
  });

  test("whoever runs this is told what to set", async () => {
    expect(await transcriberAt(fake.url, "another")(note("ciao"), "it", never)).toEqual({
      kind: "failed",
      reason: "HTTP 401",
      remedy: expect.stringContaining("TRANSCRIBE_TOKEN"),
    });
    expect(await transcriberAt(`${fake.url}/elsewhere`)(note("ciao"), "it", never)).toEqual({
      kind: "failed",
      reason: "HTTP 404",
      remedy: expect.stringContaining("TRANSCRIBE_URL"),
    });
  });

  test("nothing is waited for longer than the signal lets it", async () => {
    fake.faults.push("silence");
    expect(await transcribe(note("ciao"), "it", AbortSignal.timeout(20))).toEqual({
      kind: "failed",
      reason: "TimeoutError",
    });
  });
});

test("a service that is not there is told by its code, without its address", async () => {
  const { url } = fake;
  await fake.close();
  expect(await transcriberAt(url)(note("ciao"), "it", never)).toEqual({
    kind: "failed",
    reason: "ECONNREFUSED",
  });
  fake = await new FakeTranscription().listen();
});
