// Options that choose which events --format events, wire and facts print.
import { createMatcher, MatchingTooLong, MOST_MATCHING_MS } from "../../check/bounded-match.ts";
import { UserError } from "../../errors.ts";
import type { IndexRange } from "../../views/filter/filter.ts";
import { AROUND } from "../../views/filter/surroundings.ts";
import { type Kind, kinds } from "../../event-words/kinds.ts";
import { InvalidValueError } from "./invalid-value.ts";
import type { ArgumentsOf, CommandOption } from "./option.ts";
import { parseNames } from "./parse-values.ts";

const kindNames: readonly Kind[] = kinds.map(({ name }) => name);

export const filterOptions = [
  {
    name: "only",
    category: "filter",
    value: "<kinds>",
    summary: "print only events of these kinds",
    details: () =>
      "Kinds, separated by commas, as in the events format: text,tool,error. An event can have several kinds. With " +
      "facts, only facts of these kinds are printed. With finding, all findings are printed, also those of events " +
      "that are not.",
    parse: (text: string): ReadonlySet<Kind> => parseNames(text, kindNames),
    choices: kinds,
    completes: () => kindNames,
  },
  {
    name: "grep",
    category: "filter",
    value: "<pattern>",
    summary: "print only events that contain a text or /regex/",
    details: () =>
      "Searches the event's name, its data, and its text without JSON escapes. Flags may follow: /time.?out/i. Each " +
      "delta is searched separately.",
    parse: parsePattern,
  },
  {
    name: "range",
    category: "filter",
    value: "<from-to>",
    summary: "print only events with these indexes",
    details: () => "Indexes count from 0: 10-40, 10- or 12.",
    parse: parseRange,
  },
  {
    name: "around",
    category: "filter",
    value: "<what>",
    summary: "print only events near a finding",
    details: () => "Applies to the events that pass the other filters.",
    choices: [{ name: "findings", title: `events with a finding, ${AROUND} before and ${AROUND} after` }],
  },
  {
    name: "fold",
    category: "filter",
    summary: "join consecutive deltas into one",
    details: () =>
      "With events, a row has the number of deltas and the index of the last one; with facts, the delta has " +
      "lastEvent. Not for wire.",
  },
] as const satisfies readonly CommandOption[];

export type FilterArguments = ArgumentsOf<typeof filterOptions>;

const PATTERN = /^\/(?<source>.+)\/(?<flags>[a-z]*)$/s;
/** Flags that make a regular expression keep its position between calls. */
const STATEFUL = /[gy]/g;

/** Makes a test of a text or `/regex/flags`. */
function parsePattern(text: string): (text: string) => boolean {
  if (text === "") throw new InvalidValueError("Expected a text or /regex/.");
  const { source, flags = "" } = PATTERN.exec(text)?.groups ?? {};
  if (source === undefined) return (other) => other.includes(text);
  try {
    return testInTime(new RegExp(source, flags.replace(STATEFUL, "")), text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidValueError(`Expected a text or a valid /regex/: ${reason}.`);
  }
}

/** Throws UserError if matching takes too long: no later event could be printed, so there is no point in reading on. */
function testInTime(pattern: RegExp, typed: string): (text: string) => boolean {
  const matches = createMatcher(pattern);
  return (text) => {
    try {
      return matches(text);
    } catch (error) {
      if (!(error instanceof MatchingTooLong)) throw error;
      throw new UserError(
        `--grep ${typed}: matching took longer than ${MOST_MATCHING_MS} ms and was stopped`,
        "avoid nested repetition in the pattern, as in (a+)+",
      );
    }
  };
}

const RANGE = /^(?<from>\d{1,15})?(?:(?<dash>-)(?<to>\d{1,15})?)?$/;

/** Reads `12`, `12-14`, `12-` or `-14`. */
export function parseRange(text: string): IndexRange {
  const { from, dash, to } = RANGE.exec(text)?.groups ?? {};
  const first = from ?? (to === undefined ? undefined : "0");
  if (first === undefined) throw new InvalidValueError("Expected indexes such as 12, 10-40 or 10-.");
  const range = { from: Number(first), to: dash === undefined ? Number(first) : Number(to ?? Infinity) };
  if (range.to < range.from)
    throw new InvalidValueError(`Expected the first index before the last, as in ${to}-${from}.`);
  return range;
}
