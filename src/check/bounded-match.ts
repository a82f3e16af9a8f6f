// A regular expression of the user against a text of a stream: it may backtrack for years, during which not even Ctrl-C
// would be heard.
import { type Context, createContext, Script } from "node:vm";

/** How long one text may take. The longest text that a report holds takes less, unless its matching is not linear. */
export const MOST_MATCHING_MS = 5000;

/** Thrown where it takes longer. */
export class MatchingTooLong extends Error {
  override readonly name = "MatchingTooLong";
}

/** What can make matching take more steps than a text has characters. */
const BRANCHING = /[*+?{|]/g;
/** With one such place the steps are at most the square of this. */
const SHORT = 10_000;

/** Whether a pattern matches a text. Throws MatchingTooLong after `mostMs`. */
export function matchesInTime(pattern: RegExp, text: string, mostMs = MOST_MATCHING_MS): boolean {
  const branchings = pattern.source.match(BRANCHING)?.length ?? 0;
  if (branchings === 0 || (branchings === 1 && text.length <= SHORT)) return pattern.test(text);
  const { script, context } = (matching ??= { script: new Script("pattern.test(text)"), context: createContext({}) });
  Object.assign(context, { pattern, text });
  try {
    // The one way to stop V8 in the middle of a match: https://nodejs.org/docs/latest-v20.x/api/vm.html
    return script.runInContext(context, { timeout: mostMs }) === true;
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
