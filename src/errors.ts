// The errors that a person can do something about. Anything else that is thrown is a bug and keeps its stack.
import { formatSize } from "./wording/sizes.ts";
import { withoutTypedSecrets } from "./wording/typed-secrets.ts";

/** A bad request, option or file: what is wrong, and what to do. Ends the run of its source with exit code 2. */
export class UserError extends Error {
  override readonly name: string = "UserError";
  /** What the user can do, a short sentence, or null where the message says all. */
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    // It may quote an argument.
    super(withoutTypedSecrets(message));
    this.hint = hint;
  }
}

/** An input outgrew a limit; what came before that place was read. Ends the reading of its source, not the run. */
export class LimitError extends UserError {
  override readonly name: string = "LimitError";
}

/** An event outgrew `--max-event-size`. */
export class EventTooLargeError extends LimitError {
  override readonly name = "EventTooLargeError";

  constructor(maxEventBytes: number, place: { readonly line: number; readonly offset: number }) {
    super(
      `the event at line ${place.line}, byte ${place.offset} is larger than ${formatSize(maxEventBytes)}; reading stopped there`,
      "if it is meant to be so large, raise --max-event-size",
    );
  }
}

/** A document that has to be held whole outgrew `--max-event-size`. */
export class DocumentTooLargeError extends LimitError {
  override readonly name = "DocumentTooLargeError";

  constructor(kind: string, maxBytes: number) {
    super(
      `the ${kind} is larger than ${formatSize(maxBytes)}, and it can only be read whole`,
      "if it is meant to be so large, raise --max-event-size",
    );
  }
}

/** What compressed data holds outgrew `--max-decoded-size`. */
export class DecodedTooLargeError extends LimitError {
  override readonly name = "DecodedTooLargeError";

  constructor(maxDecodedBytes: number) {
    super(
      `the input is larger than ${formatSize(maxDecodedBytes)} when it is decompressed; reading stopped there`,
      "if it is meant to be so large, raise --max-decoded-size",
    );
  }
}

/** Whether a value is an error, also one of another realm: Jest runs tests in one of their own. */
export function isError(value: unknown): value is Error {
  if (value instanceof Error) return true;
  return /^\[object (?:Error|DOMException)\]$/.test(Object.prototype.toString.call(value));
}

/** The network failed: DNS, TLS, refused, reset, timed out. Kept apart from what the protocol said. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  /** The code of the system or the HTTP library, such as ECONNREFUSED. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What is printed cannot be written: a full disk, say. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** The reader of an output went away, as in `| head -1`. No fault of anyone. */
export class OutputClosedError extends Error {
  override readonly name = "OutputClosedError";
}
