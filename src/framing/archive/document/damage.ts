import { UserError } from "../../../errors.ts";
import { formatSize } from "../../../wording/sizes.ts";

const DAMAGE_HINT = "check whether the file is complete, or set --framing";

/** The error for a document that cannot be parsed, and why. */
export function cannotParse(kind: string, reason: string): UserError {
  return new UserError(`this ${kind} cannot be read: ${reason}`, DAMAGE_HINT);
}

/** The error for a document that is something else than was expected. */
export function isNotOf(kind: string, missing: string): UserError {
  return new UserError(`this is not a ${kind}: ${missing}`, DAMAGE_HINT);
}

/** The error for a part of a YAML document that takes more memory than there may be. */
export function isTooLargeAsYaml(kind: string, line: number, bytes: number, maxBytes: number): UserError {
  return new UserError(
    `this ${kind} cannot be read: its YAML from line ${line} on is ${bytes} bytes that can only be parsed at once, and no more than ${formatSize(maxBytes)} can, whatever --max-event-size says`,
    "put the body of that response into a file of its own and read that",
  );
}

/** The error for a part of a YAML document with so many values that they take more memory than there may be. */
export function hasTooManyValues(kind: string, line: number): UserError {
  return new UserError(
    `this ${kind} cannot be read: its YAML from line ${line} on has too many values to be parsed at once`,
    "write it as JSON, or with an item a line, in block style",
  );
}
