import { UserError } from "../../../errors.ts";
import { formatSize } from "../../../wording/sizes.ts";

const DAMAGE_HINT = "check whether the file is complete, or set --framing";

/** The error for a document that cannot be parsed, with the reason. */
export function cannotParse(kind: string, reason: string): UserError {
  return new UserError(`this ${kind} cannot be read: ${reason}`, DAMAGE_HINT);
}

/** The error for a document that is not of the expected kind. */
export function isNotOf(kind: string, missing: string): UserError {
  return new UserError(`this is not a ${kind}: ${missing}`, DAMAGE_HINT);
}

/** The error for a part of a YAML document that needs too much memory. */
export function isTooLargeAsYaml(kind: string, line: number, bytes: number, maxBytes: number): UserError {
  return new UserError(
    `this ${kind} cannot be read: its YAML from line ${line} is ${bytes} bytes that must be parsed in one part, and the limit for a part is ${formatSize(maxBytes)} (independent of --max-event-size)`,
    "extract the body of that response to a separate file and read it",
  );
}

/** The error for a part of a YAML document with so many values that it needs too much memory. */
export function hasTooManyValues(kind: string, line: number): UserError {
  return new UserError(
    `this ${kind} cannot be read: its YAML from line ${line} has too many values to parse in one part`,
    "write it as JSON, or in block style with one item per line",
  );
}
