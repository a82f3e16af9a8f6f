/** Thrown by the `parse` of an option. The message starts with "Expected". */
export class InvalidValueError extends Error {
  override readonly name = "InvalidValueError";
  /** By which commander knows it: a class of commander's own would be loaded by every run. */
  readonly code = "commander.invalidArgument";
}
