/**
 * The questions that can be handed over to who accompanies: what is answered to them is made public. Who one is
 * and where one is reached is not among them.
 */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  proposal: ["challenge", "title", "need", "solution", "reach", "involved", "place", "cost"],
};

export const isShared = (flow: string, step: string): boolean => SHARED[flow]?.includes(step) ?? false;
