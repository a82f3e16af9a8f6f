// Parses `--expect` into an expectation; `unmet.ts` compares a report with it.
import { UserError } from "../errors.ts";
import type { Key } from "./expectation-key.ts";
import { isKey, keyNamed, suggestKey } from "./expectation-values.ts";
import { suggest } from "./nearest.ts";
import { cutToWidth } from "../wording/cut.ts";
import { parseDuration } from "../wording/durations.ts";

/** A key, an operator and a value, such as `usage.outputTokens<=500`. */
export interface Expectation {
  /** As typed. */
  readonly source: string;
  readonly key: Key;
  readonly condition: Condition;
}

const numberOperators = ["=", "!=", "<", "<=", ">", ">="] as const;
const textOperators = ["=", "!=", "^=", "$=", "*="] as const;
export type NumberOperator = (typeof numberOperators)[number];
export type TextOperator = (typeof textOperators)[number];

/** The condition on a value; durations are numbers in ms. */
export type Condition =
  | { readonly type: "reported"; readonly operator: "=" | "!=" }
  | { readonly type: "number"; readonly operator: NumberOperator; readonly number: number }
  | { readonly type: "text"; readonly operator: TextOperator; readonly text: string }
  | { readonly type: "pattern"; readonly operator: "~="; readonly pattern: RegExp };

// A key contains no space and no operator character. Spaces around the operator are ignored.
const FORM = /^\s*([^\s=!<>^$*~]+)\s*(!=|<=|>=|\^=|\$=|\*=|~=|=|<|>)\s*(.*)$/s;
const KEY_ALONE = /^\s*[^\s=!<>^$*~]+\s*$/;
const NUMBER = /^\d+(?:_\d+)*(?:\.\d+)?$/;
const PATTERN = /^\/(.+)\/([a-z]*)$/s;
/** The flags that change what matches; the others only change where a search continues. */
const PATTERN_FLAGS = /^[imsuv]*$/;
const LONGEST_QUOTE = 200;

/**
 * Parses an expectation. Throws UserError if it is meaningless or no stream could meet it. A user's regular expression
 * may backtrack without end, which is detected when it is matched (bounded-match.ts).
 */
export function parseExpectation(source: string): Expectation {
  const [, name, operator, value] = FORM.exec(source) ?? [];
  if (name === undefined || operator === undefined || value === undefined) throw formless(source);
  const wrong = (what: string, hint: string) => new UserError(`the expectation "${cut(source)}" ${what}`, hint);
  const key = keyNamed(name);
  if (key === null) throw wrong("has a key that does not exist", suggestKey(name));
  if (value === "") {
    const length = `${name}.length`;
    throw wrong("has no value", isKey(length) ? `for empty text, write ${length}=0` : `write it after ${operator}`);
  }
  if (/^!?=$/.test(operator) && /^(?:=|~\/)/.test(value)) {
    const meant = value.startsWith("~") ? "~=" : operator;
    throw wrong(`has an operator that does not exist: ${operator}${value.slice(0, 1)}`, `write ${name}${meant}…`);
  }
  return { source, key, condition: parseCondition(key, operator, value, wrong) };
}

type Wrong = (what: string, hint: string) => UserError;

function parseCondition(key: Key, operator: string, value: string, wrong: Wrong): Condition {
  const { name, kind } = key;
  if ((operator === "=" || operator === "!=") && value.trim() === "null") {
    if (key.isNullable) return { type: "reported", operator };
    const none = kind === "number" ? `${name}=0` : `${name}.length=0`;
    throw wrong(
      "compares with null, but its key is never null",
      isKey(none.slice(0, -2)) ? `for none, write ${none}` : "leave it out",
    );
  }
  if (kind === "number" || kind === "duration") {
    if (!isOneOf(numberOperators, operator)) {
      throw wrong(`compares a ${kind} as if it were text`, `operators for ${name} are ${numberOperators.join(" ")}`);
    }
    return { type: "number", operator, number: (kind === "number" ? parseNumber : parseMs)(value, wrong) };
  }
  if (operator === "~=") return { type: "pattern", operator, pattern: parsePattern(name, value, wrong) };
  if (!isOneOf(textOperators, operator)) {
    const length = `${name}.length`;
    const others = `operators for ${name} are ${textOperators.join(" ")} ~=`;
    const hint = isKey(length) ? `${others}; to compare its length, use ${length}` : others;
    throw wrong("compares text as if it were a number", hint);
  }
  if (key.choices?.includes(value) === false && (operator === "=" || operator === "!=")) {
    throw wrong(`has a value that ${name} never is`, suggest(value, key.choices));
  }
  return { type: "text", operator, text: value };
}

function parseNumber(value: string, wrong: Wrong): number {
  const digits = value.trim();
  if (!NUMBER.test(digits)) throw wrong("needs a number", "numbers look like 500, 1_000 or 0.5");
  return Number(digits.replaceAll("_", ""));
}

/**
 * A number of at least this size without a unit was hardly meant in seconds: `ttft<=500` would be met by almost any
 * stream.
 */
const DOUBTFUL_SECONDS = 100;

/** Returns ms. */
function parseMs(value: string, wrong: Wrong): number {
  const ms = parseDuration(value);
  if (ms === null) throw wrong("needs a duration", "expected a duration such as 10s or 500ms");
  const digits = value.trim();
  if (NUMBER.test(digits) && Number(digits.replaceAll("_", "")) >= DOUBTFUL_SECONDS) {
    throw wrong("needs a unit: without one it would be seconds", `write ${digits}ms or ${digits}s`);
  }
  return ms;
}

function parsePattern(name: string, value: string, wrong: Wrong): RegExp {
  const [, pattern, flags = ""] = PATTERN.exec(value) ?? [];
  if (pattern === undefined) throw wrong("needs a regular expression", `put it between slashes: ${name}~=/hey/i`);
  if (!PATTERN_FLAGS.test(flags))
    throw wrong(`has flags that have no effect here: ${flags}`, "flags are i, m, s, u and v");
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : String(error);
    throw wrong("has an invalid regular expression", cut(reason));
  }
}

function formless(source: string): UserError {
  const shown = cut(source);
  if (!KEY_ALONE.test(source)) {
    return new UserError(`"${shown}" is not an expectation`, "write a key, an operator and a value: verdict=completed");
  }
  return new UserError(
    `the expectation "${shown}" has no operator`,
    "write a key, an operator and a value: text.length>=1; in a shell, quote < and >: 'text.length>=1'",
  );
}

function isOneOf<T extends string>(list: readonly T[], value: string): value is T {
  return list.some((member) => member === value);
}

/** Shortens a text for a message: at most 200 characters, without splitting a surrogate pair. */
export function cut(text: string): string {
  return cutToWidth(text, LONGEST_QUOTE);
}
