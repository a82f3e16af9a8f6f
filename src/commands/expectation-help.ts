// The grammar and the keys of expectations, for the help of who takes them.
import { type Key, keyFamilies, keys } from "../check/expectation-values.ts";
import type { HelpFormat } from "./help-format.ts";

const INTRODUCTION =
  "An expectation is a key, an operator and a value: status=completed, model^=gpt-4o, 'usage.outputTokens<=500', " +
  "'text~=/hey/i'. Quotes keep < and > from the shell.";

const OPERATORS = [
  ["= !=", "is, is not; the value null stands for what was not reported"],
  ["< <= > >=", "for numbers and durations"],
  ["^= $= *=", "text begins with, ends with, contains"],
  ["~=", "text matches a regular expression, /…/ with the flags i, m, s, u, v"],
] as const;

const VALUES =
  "A number is such as 500, 1_000 or 0.5; a duration has a unit: 500ms, 2s, 1.5m. Text is taken as it stands, without " +
  "quotes. Spaces around the operator do not count. What was not reported meets =null and nothing else.";

type Listed = Pick<Key, "name" | "kind" | "title">;

const families = keyFamilies.map(({ prefix, placeholder, title }): Listed => ({
  name: prefix + placeholder,
  kind: "number",
  title,
}));
const keysOfStream: readonly Listed[] = [...keys.filter((key) => !key.isOfResponses), ...families];
const keysOfResponses: readonly Listed[] = keys.filter((key) => key.isOfResponses);

export function describeExpectations({ paragraph, list }: HelpFormat): string {
  const nameWidth = Math.max(...[...keysOfStream, ...keysOfResponses].map(({ name }) => name.length));
  const listKeys = (rows: readonly Listed[]): string =>
    list(rows.map(({ name, kind, title }) => [`${name.padEnd(nameWidth)}  ${kind.padEnd(8)}`, title]));
  return [
    paragraph(INTRODUCTION),
    `Operators:\n${list(OPERATORS)}`,
    paragraph(VALUES),
    `${paragraph("Keys of the stream (tool is met by one call, tool!= where no call has the name):")}\n${listKeys(keysOfStream)}`,
    `Keys of the responses (each response must meet them):\n${listKeys(keysOfResponses)}`,
  ].join("\n\n");
}
