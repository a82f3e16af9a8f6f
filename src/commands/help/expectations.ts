// The grammar and the keys of `--expect`, for `ssescope check --help`.
import type { Key } from "../../check/expectation-key.ts";
import { formOf, keyFamilies, keys } from "../../check/expectation-values.ts";
import type { HelpSection } from "../command.ts";

const INTRODUCTION =
  "An expectation is a key, an operator and a value: verdict=completed, model^=gpt-4o, 'usage.outputTokens<=500', " +
  "'text~=/hey/i'. Quotes keep < and > from the shell.";

const OPERATORS = [
  ["= !=", "equal, not equal; the value null means not reported"],
  ["< <= > >=", "for numbers and durations"],
  ["^= $= *=", "text begins with, ends with, contains"],
  ["~=", "text matches a regular expression, /…/ with flags i, m, s, u, v"],
] as const;

const VALUES =
  "Numbers look like 500, 1_000 or 0.5, durations like 500ms or 2s. Text has no quotes. Spaces around the operator " +
  "are ignored. A value that was not reported meets only =null.";

type Listed = Pick<Key, "name" | "kind" | "title">;

const families = keyFamilies.map((family): Listed => {
  const { kind, title } = family;
  return { name: formOf(family), kind, title };
});
const keysOfStream: readonly Listed[] = [...keys.filter((key) => !key.isOfResponses), ...families];
const keysOfResponses: readonly Listed[] = keys.filter((key) => key.isOfResponses);

/** The columns of both lists of keys are aligned. */
const NAME_WIDTH = Math.max(...[...keysOfStream, ...keysOfResponses].map(({ name }) => name.length));
const KIND_WIDTH = "duration".length;

function rowsOf(listed: readonly Listed[]): HelpSection["rows"] & object {
  return listed.map(({ name, kind, title }) => [`${name.padEnd(NAME_WIDTH)}  ${kind.padEnd(KIND_WIDTH)}`, title]);
}

export const expectationSections: readonly HelpSection[] = [
  { title: "Expectations", text: INTRODUCTION },
  { title: "Operators", rows: OPERATORS },
  { title: "Values", text: VALUES },
  {
    title: "Keys of the stream (tool: at least one call has the name; tool!=: no call has it)",
    rows: rowsOf(keysOfStream),
  },
  { title: "Keys of the responses (each response must meet them)", rows: rowsOf(keysOfResponses) },
];
