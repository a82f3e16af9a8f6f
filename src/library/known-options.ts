// Refuses options that do not exist: a mistyped one would be ignored, and a check without its expectation passes.
import { suggest } from "../check/nearest.ts";
import { UserError } from "../errors.ts";

/** The keys of `Options`; forget one and it does not compile. */
export function keysOf<Options>(keys: Readonly<Record<keyof Options, true>>): readonly string[] {
  return Object.keys(keys);
}

/** Throws UserError if `options` is not an object, or has a key that is not `known`. `hints`: what to do, by key. */
export function refuseUnknown(
  functionName: string,
  options: unknown,
  known: readonly string[],
  hints: Readonly<Record<string, string>> = {},
): void {
  if (typeof options !== "object" || options === null) {
    throw new UserError(
      `${functionName}: expected an object of options, but got ${options === null ? "null" : typeof options}`,
      `options are ${known.join(", ")}`,
    );
  }
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const hint = Object.hasOwn(hints, unknown) ? hints[unknown] : undefined;
  throw new UserError(`${functionName} has no option ${unknown}`, hint ?? suggest(unknown, known));
}
