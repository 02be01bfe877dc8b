/**
 * A mistake of our own, in code or in files, as opposed to anything that a person did. Its message
 * names keys, steps and files, never what a person wrote: logs keep it.
 */
export class Defect extends Error {
  override readonly name = "Defect";
}
