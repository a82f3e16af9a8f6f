// A regular expression of the user against a text of a stream: it may backtrack for years, during which not even Ctrl-C
// would be heard.
import { type Context, createContext, Script } from "node:vm";

/** How long one text may take. The longest text that a report holds takes less, unless its matching is not linear. */
export const MOST_MATCHING_MS = 5000;

/** Thrown where it takes longer. */
export class MatchingTooLong extends Error {
  override readonly name = "MatchingTooLong";
}

/** A group that is repeated: what it holds may match in ways whose number grows exponentially with the text. */
const REPEATED_GROUP = /\)[*+{]/;
const REPETITIONS = /[*+{]/g;
/** Each doubles the ways at most. */
const CHOICES = /[?|]/g;
/** They count as a repetition: comparing takes a step for each character. */
const REFERENCES = /\\(?:[1-9]|k<)/g;
/** So many steps are over in a few seconds. */
const FEW_STEPS = 1_000_000_000;
/** A match that takes longer counts against the time of all. */
const SLOW_MS = 10;

/** Whether a pattern matches a text. Throws MatchingTooLong after `mostMs`. */
export function matchesInTime(pattern: RegExp, text: string, mostMs = MOST_MATCHING_MS): boolean {
  return createMatcher(pattern, mostMs)(text);
}

/**
 * Tells whether a pattern matches a text, for many texts. Throws MatchingTooLong where slow ones take more than `mostMs`
 * together. To be stopped in the middle costs each match a quarter of a millisecond, so only those are that may be long.
 */
export function createMatcher(pattern: RegExp, mostMs = MOST_MATCHING_MS): (text: string) => boolean {
  const longest = longestQuick(pattern);
  if (longest === Infinity) return (text) => pattern.test(text);
  let leftMs = mostMs;
  return (text) => {
    const startMs = performance.now();
    const isMatch = text.length <= longest ? pattern.test(text) : watched(pattern, text, leftMs);
    const ms = performance.now() - startMs;
    if (ms >= SLOW_MS) leftMs -= ms;
    if (leftMs < 1) throw new MatchingTooLong();
    return isMatch;
  };
}

/**
 * The longest text that is matched in a few steps. From each place on, each repetition may end anywhere, and each choice may
 * be made either way; a character class that holds such a sign counts, too, which errs on the safe side.
 */
function longestQuick({ source }: RegExp): number {
  if (REPEATED_GROUP.test(source)) return 0;
  const repetitions = countOf(source, REPETITIONS) + countOf(source, REFERENCES);
  const ways = 2 ** countOf(source, CHOICES);
  return repetitions === 0 && ways === 1 ? Infinity : (FEW_STEPS / ways) ** (1 / (repetitions + 1));
}

function countOf(source: string, signs: RegExp): number {
  return source.match(signs)?.length ?? 0;
}

/** Stops matching when its time is over. */
function watched(pattern: RegExp, text: string, mostMs: number): boolean {
  const { script, context } = (matching ??= { script: new Script("pattern.test(text)"), context: createContext({}) });
  Object.assign(context, { pattern, text });
  try {
    // The one way to stop V8 in the middle of a match: https://nodejs.org/docs/latest-v20.x/api/vm.html
    return script.runInContext(context, { timeout: Math.ceil(mostMs) }) === true;
  } catch (error) {
    // It is an Error of that context, and none of this one.
    if (typeof error === "object" && error !== null && "code" in error && error.code === TIMED_OUT) {
      throw new MatchingTooLong();
    }
    throw error;
  } finally {
    context.text = "";
  }
}

const TIMED_OUT = "ERR_SCRIPT_EXECUTION_TIMEOUT";
/** Made when it is needed: most runs match nothing. */
let matching: { readonly script: Script; readonly context: Context } | null = null;
