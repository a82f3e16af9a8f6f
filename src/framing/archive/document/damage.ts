import { UserError } from "../../../errors.ts";

const DAMAGE_HINT = "check whether the file is complete, or set --framing";

/** The error for a document that cannot be parsed, and why. */
export function cannotParse(kind: string, reason: string): UserError {
  return new UserError(`this ${kind} cannot be read: ${reason}`, DAMAGE_HINT);
}

/** The error for a document that is something else than was expected. */
export function isNotOf(kind: string, missing: string): UserError {
  return new UserError(`this is not a ${kind}: ${missing}`, DAMAGE_HINT);
}
