// Errors that a person can act on. Anything else that is thrown is a bug and keeps its stack.
import { formatSize } from "./wording/sizes.ts";
import { withoutTypedSecrets } from "./wording/typed-secrets.ts";

/** A bad request, option or file: what is wrong, and what to do. Its source ends with exit code 2. */
export class UserError extends Error {
  override readonly name: string = "UserError";
  /** What the user can do, in a short sentence; null if the message is enough. */
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    // The message may quote an argument.
    super(withoutTypedSecrets(message));
    this.hint = hint;
  }
}

/** An input exceeds a limit; everything before that place was read. Ends the reading of its source, not the run. */
export class LimitError extends UserError {
  override readonly name: string = "LimitError";
}

/** An event exceeds `--max-event-size`. */
export class EventTooLargeError extends LimitError {
  override readonly name = "EventTooLargeError";

  constructor(maxEventBytes: number, place: { readonly line: number; readonly offset: number }) {
    super(
      `the event at line ${place.line}, byte ${place.offset} is larger than ${formatSize(maxEventBytes)}; reading stopped there`,
      "if this size is expected, raise --max-event-size",
    );
  }
}

/** A document that has to be kept whole in memory exceeds `--max-event-size`. */
export class DocumentTooLargeError extends LimitError {
  override readonly name = "DocumentTooLargeError";

  constructor(kind: string, maxBytes: number) {
    super(
      `the ${kind} is larger than ${formatSize(maxBytes)} and can only be read whole`,
      "if this size is expected, raise --max-event-size",
    );
  }
}

/** Decompressed data exceeds `--max-decoded-size`. */
export class DecodedTooLargeError extends LimitError {
  override readonly name = "DecodedTooLargeError";

  constructor(maxDecodedBytes: number) {
    super(
      `the input is larger than ${formatSize(maxDecodedBytes)} after decompression; reading stopped there`,
      "if this size is expected, raise --max-decoded-size",
    );
  }
}

/** Whether a value is an error, also one from another realm: Jest runs tests in separate realms. */
export function isError(value: unknown): value is Error {
  if (value instanceof Error) return true;
  return /^\[object (?:Error|DOMException)\]$/.test(Object.prototype.toString.call(value));
}

/** The network failed: DNS, TLS, refused, reset or timed out. Kept apart from errors that the protocol reports. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  /** The code of the operating system or the HTTP library, such as ECONNREFUSED. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The output cannot be written, for example because the disk is full. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** The reader of an output went away, as in `| head -1`. This is not an error. */
export class OutputClosedError extends Error {
  override readonly name = "OutputClosedError";
}
