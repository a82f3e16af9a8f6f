// Matches a user's regular expression against a text of a stream, with a time limit: it may backtrack for years, during
// which not even Ctrl-C works.
import { type Context, createContext, Script } from "node:vm";

/** Time limit for one text. The longest text in a report takes less, unless matching is not linear. */
export const MOST_MATCHING_MS = 5000;

/** Thrown if matching exceeds its time limit. */
export class MatchingTooLong extends Error {
  override readonly name = "MatchingTooLong";
}

/** A repeated group: its contents may match in a number of ways that grows exponentially with the text. */
const REPEATED_GROUP = /\)[*+{]/;
const REPETITIONS = /[*+{]/g;
/** Each of these at most doubles the number of ways. */
const CHOICES = /[?|]/g;
/** Each counts as a repetition: comparing takes a step for each character. */
const REFERENCES = /\\(?:[1-9]|k<)/g;
/** This many steps take a few seconds at most. */
const FEW_STEPS = 1_000_000_000;
/** A match that takes longer counts towards the total time limit. */
const SLOW_MS = 10;

/** Whether a pattern matches a text. Throws MatchingTooLong after `mostMs`. */
export function matchesInTime(pattern: RegExp, text: string, mostMs = MOST_MATCHING_MS): boolean {
  return createMatcher(pattern, mostMs)(text);
}

/**
 * Returns a function that says whether a pattern matches a text, for many texts. It throws MatchingTooLong if slow
 * matches take more than `mostMs` in total. A time limit adds a quarter of a millisecond to a match, so only those that
 * may be slow have one.
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
 * The longest text that is matched in a few steps. From each place on, each repetition may end anywhere, and each
 * choice may go either way. Such a sign in a character class counts too, which is safe.
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

/** Matches with a time limit. */
function watched(pattern: RegExp, text: string, mostMs: number): boolean {
  const { script, context } = (matching ??= { script: new Script("pattern.test(text)"), context: createContext({}) });
  Object.assign(context, { pattern, text });
  try {
    // The only way to stop V8 in the middle of a match: https://nodejs.org/docs/latest-v20.x/api/vm.html
    return script.runInContext(context, { timeout: Math.ceil(mostMs) }) === true;
  } catch (error) {
    // The error belongs to the other context, so instanceof Error is false.
    if (typeof error === "object" && error !== null && "code" in error && error.code === TIMED_OUT) {
      throw new MatchingTooLong();
    }
    throw error;
  } finally {
    context.text = "";
  }
}

const TIMED_OUT = "ERR_SCRIPT_EXECUTION_TIMEOUT";
/** Made on demand: most runs match nothing. */
let matching: { readonly script: Script; readonly context: Context } | null = null;
