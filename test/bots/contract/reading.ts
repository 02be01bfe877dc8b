import fc from "fast-check";
import { expect, test } from "vitest";
import type { Arrival } from "../../../core/ports.ts";
import { bent } from "./bent.ts";
import { ARABIC, type ChannelHarness, EMOJI } from "./harness.ts";

/** What a channel promises of what people write. */
export function testTyping<Payload>(
  { channel, samples }: ChannelHarness<Payload>,
  typed: NonNullable<ChannelHarness<Payload>["typed"]>,
): void {
  test("typed words come back as they were, apart from what nobody types", () => {
    const words = `Perché no? ${ARABIC}${EMOJI}`;
    expect(channel.parse(typed(words, 1))[0]?.incoming).toEqual({ kind: "text", text: words });
    const strange = channel.parse(typed("a\u0000b\u0007\u202ec\ud800d\te\nf", 1))[0]?.incoming;
    expect(strange).toEqual({ kind: "text", text: "abcd\te\nf" });
  });

  test("a text of a megabyte is read", () => {
    const megabyte = "è".repeat(1_048_576);
    expect(channel.parse(typed(megabyte, 1))[0]?.incoming).toEqual({ kind: "text", text: megabyte });
  });

  test("one delivery has one id, two have two, and order follows", () => {
    const ids = (nth: number) => channel.parse(typed("Ciao", nth)).map(({ id }) => id);
    expect(ids(1)).toEqual(ids(1));
    expect(ids(1)).not.toEqual(ids(2));
    const order = (nth: number) => channel.parse(typed("Ciao", nth))[0]?.order ?? Number.NaN;
    expect(order(1)).toBeLessThan(order(2));
  });

  test("every sample is read into an arrival that can be stored", () => {
    for (const sample of samples) for (const arrival of channel.parse(sample)) expectStorable(arrival);
  });

  test("junk never throws, and what comes of it can be stored", () => {
    const junk = fc.oneof(fc.anything(), fc.jsonValue(), bent(samples));
    fc.assert(
      fc.property(junk, (delivery) => {
        for (const arrival of channel.parse(delivery)) expectStorable(arrival);
      }),
      { numRuns: 2000 },
    );
  });
}

/** What a channel promises that only sends. */
export function testSilence<Payload>({ channel }: ChannelHarness<Payload>): void {
  test("nothing is read, whatever comes", () => {
    fc.assert(
      fc.property(fc.anything(), (delivery) => {
        expect(channel.parse(delivery)).toEqual([]);
      }),
    );
  });
}

function expectStorable(arrival: Arrival): void {
  expect(Number.isSafeInteger(arrival.order)).toBe(true);
  expect(arrival.id).not.toBe("");
  expect(arrival.address).not.toBe("");
  // PostgreSQL keeps neither a zero nor half a character.
  expect(JSON.stringify(arrival)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
}
