// Options of check: what streams are checked against, and how findings are reported.
import { allRuleIds } from "../../check/all-rules.ts";
import { keyFamilies, keys } from "../../check/expectation-values.ts";
import { reporters } from "../../reporters/index.ts";
import { groupings } from "../../reporters/human-options.ts";
import { severities } from "../../model/finding.ts";
import { profiles } from "../../rules/profiles.ts";
import { InvalidValueError } from "./invalid-value.ts";
import type { ArgumentsOf, CommandOption } from "./option.ts";
import { parsePositive } from "./parse-values.ts";

/** A reporter, and the file that it writes to; null: standard output. */
export interface ReporterChoice {
  readonly name: string;
  readonly path: string | null;
}

/** What every stream is checked against, and where the result goes. */
export const demandOptions = [
  {
    name: "profile",
    category: "check",
    value: "<profile>",
    summary: "set the rule set",
    choices: profiles,
    default: { text: "openai" },
  },
  {
    name: "rule",
    category: "check",
    value: "<id=severity>",
    summary: "set a rule's severity",
    details: () => `Severities: ${severities.join(", ")}, off. ssescope rules lists the rules.`,
    repeats: "collected",
    completes: () => allRuleIds().map((id) => `${id}=`),
    completesAfter: () => [...severities, "off"],
  },
  {
    name: "fail-on",
    category: "check",
    value: "<severity>",
    summary: "set the lowest severity that fails",
    choices: severities.map((name) => ({ name })),
    default: { text: "error" },
  },
  {
    name: "expect",
    category: "check",
    value: "<expectation>",
    summary: "assert, for example, verdict=completed",
    details: () => "Every response must meet it. ssescope help expectations lists keys and operators.",
    repeats: "collected",
    completes: () => [
      ...keys.map(({ name }) => `${name}=`),
      ...keyFamilies.flatMap(({ prefix, suffix, names }) =>
        names === null ? [prefix] : names().map((name) => `${prefix}${name}${suffix}=`),
      ),
    ],
    completesAfter: (name) => keys.find((key) => key.name === name)?.choices ?? [],
  },
  {
    name: "config",
    category: "check",
    value: "<file>",
    summary: "use this config file",
    details: () =>
      "The default is ssescope.config.json, or the key ssescope of package.json, in this folder or the nearest one " +
      "above.",
    default: { value: true, text: "the nearest" },
    negation: "use no config file",
    completes: "paths",
  },
  {
    name: "reporter",
    category: "output",
    value: "<name[=file]>",
    summary: "set the report format",
    details: () =>
      "With =file the report is written to a file, so that several can be combined; a missing folder is created. In " +
      "GitHub Actions, the defaults are human and github.",
    parse: parseReporter,
    repeats: "collected",
    default: { text: "human" },
    choices: reporters,
    completesAfter: "paths",
  },
] as const satisfies readonly CommandOption[];

/** How many files are read at a time. */
export const jobsOption = {
  name: "jobs",
  category: "check",
  value: "<number>",
  summary: "check this many files at a time",
  details: () =>
    "The default is one job per 256 files, up to the number of processors. The output does not depend on it. With " +
    "standard input, a URL, --record, --framing records or --reporter html, it is always 1.",
  parse: parseJobs,
  default: { text: "1 per 256 files" },
} as const satisfies CommandOption;

export const sourcesFromOption = {
  name: "sources-from",
  category: "check",
  value: "<file>",
  summary: "read a list of sources, one per line; - for stdin",
  details: () =>
    "Sources are checked and reported as their lines arrive, so a program can write a path, read its result, and " +
    "continue. Lines end in LF, CRLF or NUL (find -print0). A source that cannot be read does not end the run.",
  completes: "paths",
} as const satisfies CommandOption;

export const checkOptions = [
  ...demandOptions,
  {
    name: "group-by",
    category: "output",
    value: "<what>",
    summary: "group the streams that fail",
    details: () => "The default is source for up to ten failing streams, and rule for more.",
    choices: groupings,
    default: { text: "source, or rule" },
  },
  {
    name: "warnings",
    category: "output",
    summary: "show the warnings of streams that pass, too",
    details: () => "A single source always shows them.",
  },
  {
    name: "excerpt",
    category: "output",
    summary: "quote the payload below a finding",
    default: { value: true, text: "on" },
    negation: "quote no payload",
  },
  jobsOption,
  sourcesFromOption,
] as const satisfies readonly CommandOption[];

export type DemandArguments = ArgumentsOf<typeof demandOptions>;
export type CheckArguments = ArgumentsOf<typeof checkOptions>;

/** More threads help on no machine. */
const MOST_JOBS = 64;

function parseJobs(text: string): number {
  return Math.min(parsePositive(text), MOST_JOBS);
}

/** The usual name of a standard stream. */
const STDOUT_NAME = "-";

function parseReporter(text: string): ReporterChoice {
  const equals = text.indexOf("=");
  const name = equals === -1 ? text : text.slice(0, equals);
  const known = reporters.find((reporter) => reporter.name === name);
  if (known === undefined) {
    throw new InvalidValueError(`Allowed choices are ${reporters.map((reporter) => reporter.name).join(", ")}.`);
  }
  if (equals === text.length - 1)
    throw new InvalidValueError(`Expected a file after =, as in ${name}=report.${known.extension}.`);
  const path = equals === -1 ? STDOUT_NAME : text.slice(equals + 1);
  return { name, path: path === STDOUT_NAME ? null : path };
}
