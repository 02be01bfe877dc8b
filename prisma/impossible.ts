/** What was asked for cannot be done any more; the turn that asked for it is not saved. */
export class ImpossibleError extends Error {
  override readonly name = "ImpossibleError";
}
