import { describe } from "vitest";
import { ownSlots } from "../../bots/slots.ts";
import { VirtualTime } from "../fakes/time.ts";
import { keepsPace } from "../support/slots-contract.ts";

describe("the pace of a process that is alone", () => keepsPace(() => [ownSlots(new VirtualTime())]));
