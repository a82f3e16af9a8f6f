// What only the check can be asked for.
import { type Command, InvalidArgumentError, Option } from "commander";
import { reporters } from "../reporters/index.ts";
import { profiles, type ProfileName } from "../rules/profiles.ts";
import { severities, type Severity } from "../model/finding.ts";
import { describeExpectations } from "./expectation-help.ts";
import { helpFormat } from "./help-format.ts";
import { addReadingOptions, choice, type ReadingArguments } from "./options.ts";
import { addUrlOptions, type UrlArguments } from "./url-options.ts";
import { collect } from "./values.ts";

/** A key is missing where its option was not given and has no default. */
export interface CheckArguments extends ReadingArguments, UrlArguments {
  readonly profile?: ProfileName;
  /** `id=severity`, as typed. */
  readonly rule: readonly string[];
  readonly failOn?: Severity;
  readonly expect: readonly string[];
  readonly reporter: readonly ReporterChoice[];
  readonly sourcesFrom?: string;
  /** A path; false: `--no-config`; true: look for one. */
  readonly config: string | boolean;
}

/** A reporter, and the file that it writes to; null: standard output. */
export interface ReporterChoice {
  readonly name: string;
  readonly path: string | null;
}

/** Adds the options to a command. A value that none of them can have ends with an error of commander's. */
export function addCheckOptions(command: Command): Command {
  command
    .addOption(choice("--profile <profile>", "whose rules the stream must keep (default: openai)", profiles))
    .addOption(
      new Option("--rule <id=severity>", `how bad a rule's findings are: ${severities.join(", ")}, off; repeatable`)
        .argParser(collect)
        .default([], "as the profile says"),
    )
    .addOption(
      new Option("--fail-on <severity>", "the least severity that fails the check (default: error)").choices(
        severities,
      ),
    )
    .addOption(
      new Option("--expect <expectation>", "what the stream must be, such as status=completed; see below; repeatable")
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(
      choice(
        "--reporter <name[=file]>",
        "how findings are told; repeatable (on stdout: human; in GitHub Actions github too)",
        reporters,
      )
        .argParser(collectReporter)
        .default([], "human"),
    )
    .option("--sources-from <file>", "a list of sources, one a line; - for standard input")
    .option("--config <file>", "the config file (default: ssescope.config.json, or package.json, here or above)", true)
    .option("--no-config", "no config file");
  return addUrlOptions(addReadingOptions(command)).addHelpText(
    "after",
    () => `\n${describeExpectations(helpFormat(command))}`,
  );
}

/** As everywhere: the standard stream. */
const STDOUT_NAME = "-";

function collectReporter(value: string, previous: readonly ReporterChoice[]): readonly ReporterChoice[] {
  const equals = value.indexOf("=");
  const name = equals === -1 ? value : value.slice(0, equals);
  const names = reporters.map((reporter): string => reporter.name);
  if (!names.includes(name)) throw new InvalidArgumentError(`Allowed choices are ${names.join(", ")}.`);
  if (equals === value.length - 1) throw new InvalidArgumentError(`Name a file: ${name}=report.txt`);
  const path = equals === -1 ? STDOUT_NAME : value.slice(equals + 1);
  return [...previous, { name, path: path === STDOUT_NAME ? null : path }];
}
