// Parsers for values that several options take. Each throws InvalidValueError for an invalid text.
import { parseDuration } from "../../wording/durations.ts";
import { parseSize } from "../../wording/sizes.ts";
import { InvalidValueError } from "./invalid-value.ts";

/** The longest timer; longer ones fire at once. https://nodejs.org/docs/latest-v20.x/api/timers.html */
const LONGEST_MS = 2 ** 31 - 1;

/** A time limit in ms. */
export function parseTime(text: string): number {
  const ms = parseDuration(text);
  if (ms === null || ms === 0) throw new InvalidValueError("Expected a duration such as 10s or 500ms.");
  return Math.min(ms, LONGEST_MS);
}

/** Bytes. */
export function parseBytes(text: string): number {
  const bytes = parseSize(text);
  if (bytes === null) throw new InvalidValueError("Expected a size such as 1048576, 64MiB or 256M.");
  return bytes;
}

/** A number from 0 to 999,999,999. */
export function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidValueError("Expected a number >= 0.");
  return Number(text);
}

/** A number from 1 to 999,999,999. */
export function parsePositive(text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count === 0) throw new InvalidValueError("Expected a number >= 1.");
  return count;
}

/** Known names, separated by commas; `alternative` is another word that the option accepts. */
export function parseNames<Name extends string>(
  text: string,
  known: readonly Name[],
  alternative: string | null = null,
): ReadonlySet<Name> {
  return new Set(
    text.split(",").map((part) => {
      const name = known.find((candidate) => candidate === part.trim());
      if (name !== undefined) return name;
      const expected = known.join(", ") + (alternative === null ? "" : `, or ${alternative}`);
      throw new InvalidValueError(`Expected ${expected}, but got "${part.trim()}".`);
    }),
  );
}
