import { describe } from "vitest";
import { testNoChoices, testPressing, testTypedChoices } from "./contract/choosing.ts";
import { testDrawing } from "./contract/drawing.ts";
import type { ChannelHarness } from "./contract/harness.ts";
import { testSilence, testTyping } from "./contract/reading.ts";

export { type ChannelHarness, channelWords, type Screen } from "./contract/harness.ts";

/** What every channel promises, whatever its platform, as far as it offers it. */
export function channelContract<Payload>(name: string, harness: ChannelHarness<Payload>): void {
  const { typed, pressed } = harness;
  describe(`${name} keeps the contract of a channel`, () => {
    testDrawing(harness);
    if (pressed) testPressing(harness, pressed);
    else if (typed) testTypedChoices(harness);
    else testNoChoices(harness);
    if (typed) testTyping(harness, typed);
    else testSilence(harness);
  });
}
