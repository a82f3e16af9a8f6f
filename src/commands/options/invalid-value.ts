/** Thrown by the `parse` of an option. The message starts with "Expected" or "Allowed choices are". */
export class InvalidValueError extends Error {
  override readonly name = "InvalidValueError";
  /** Commander recognises the error by it. Using commander's own class would load commander in every run. */
  readonly code = "commander.invalidArgument";
}
