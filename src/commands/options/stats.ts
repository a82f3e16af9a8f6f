// Options of stats: groups, comparison and output format.
import { suggest } from "../../check/nearest.ts";
import { allKeyNames, type GroupKey, groupKey, keyNames } from "../../stats/group-key.ts";
import { jobsOption, sourcesFromOption } from "./check.ts";
import { InvalidValueError } from "./invalid-value.ts";
import type { ArgumentsOf, CommandOption } from "./option.ts";

const MOST_KEYS = 5;

const formats = [
  { name: "table", title: "tables for people" },
  { name: "json", title: "one JSON document" },
  { name: "markdown", title: "the tables in Markdown" },
  { name: "csv", title: "one line per group, with all columns" },
  { name: "html", title: "a self-contained page with histograms" },
] as const;

export const statsOptions = [
  {
    name: "by",
    category: "statistics",
    value: "<keys>",
    summary: "group by keys such as model,day",
    details: () =>
      `Keys are ${keyNames.slice(0, 6).join(", ")}, any column of --reporter rows, and any key of the report, such as ` +
      "http.status or request.headers.user-agent. Streams without a value are in the group (unknown). With all, " +
      "everything is in one group.",
    parse: parseKeys,
    default: { text: "model" },
    completes: () => ["all", ...keyNames],
  },
  {
    name: "against",
    category: "statistics",
    value: "<source>",
    summary: "compare with these earlier sources",
    details: () =>
      "A path, folder, pattern or reports, as for the sources themselves. Groups of the same name are compared. The " +
      "exit code is 1 if something is significantly worse.",
    repeats: "collected",
    completes: "paths",
  },
  {
    ...jobsOption,
    category: "statistics",
    summary: "read this many files at a time",
    details: () =>
      "The default is one job per 256 files, up to the number of processors. The output does not depend on it. With " +
      "standard input, a URL or --record, it is always 1.",
  },
  {
    ...sourcesFromOption,
    category: "statistics",
    details: () => "Lines end in LF, CRLF or NUL (find -print0).",
  },
  {
    name: "format",
    short: "f",
    category: "output",
    value: "<format>",
    summary: "set the output format",
    choices: formats,
    default: { value: "table", text: "table" },
  },
  { name: "json", category: "output", summary: "print JSON, like --format json" },
] as const satisfies readonly CommandOption[];

export type StatsArguments = ArgumentsOf<typeof statsOptions>;

/** Parses keys. Throws InvalidValueError for an unknown key. */
function parseKeys(text: string): readonly GroupKey[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.length === 1 && names[0] === "all") return [];
  if (names.includes("all")) throw new InvalidValueError("Expected all without other keys: it makes no groups.");
  if (names.includes("")) throw new InvalidValueError("Expected keys such as model or folder,day.");
  if (names.length > MOST_KEYS) throw new InvalidValueError(`Expected at most ${MOST_KEYS} keys.`);
  const double = names.find((name, index) => names.indexOf(name) < index);
  if (double !== undefined) throw new InvalidValueError(`Expected each key once: ${double} is given twice.`);
  return names.map((name) => {
    const key = groupKey(name);
    if (key !== null) return key;
    const all = `expected ${keyNames.join(", ")}, a column of rows, or a key of the report`;
    throw new InvalidValueError(`There is no key ${name}: ${suggest(name, allKeyNames(), all)}`);
  });
}
