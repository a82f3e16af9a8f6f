// `ssescope [source...]`: each source through the pipeline, in one of the formats, with a summary on stderr.
import { type Command, InvalidArgumentError, Option } from "commander";
import { dialects } from "../dialects/index.ts";
import { UserError } from "../errors.ts";
import { EXIT_USAGE, worstExitCode } from "../exit-codes.ts";
import { channels, type Channel } from "../facts.ts";
import { framings } from "../framing/index.ts";
import { inspect } from "../inspect.ts";
import type { Io } from "../io.ts";
import type { Report } from "../report/report.ts";
import { isUrl, shownName, sourceOf } from "../sources/index.ts";
import type { SourceContext } from "../sources/source.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { type ColorMode, colorModes, colorPage } from "../terminal/color.ts";
import { flushTalk, type Pages, writeUserError } from "../terminal/pages.ts";
import { views } from "../views/index.ts";
import { report } from "../views/report.ts";
import { writeSummary } from "../views/summary.ts";
import { type SourceResult, writeTable } from "../views/table.ts";
import { text } from "../views/text.ts";
import type { View } from "../views/view.ts";
import { describeError } from "../views/wording.ts";

interface Options {
  readonly format?: string;
  readonly json?: true;
  readonly show?: ReadonlySet<Channel>;
  readonly framing?: string;
  readonly dialect?: string;
  readonly maxEventSize: number;
  readonly quiet?: true;
  /** False: `--no-color`. */
  readonly color: ColorMode | false;
  readonly request?: string;
  readonly header: readonly string[];
  readonly data?: string;
  readonly bearerEnv?: string;
}

const EXAMPLES = `
Examples:
  ssescope capture.sse                      the text; summary on stderr
  curl -N … | ssescope                      the same, as it arrives
  ssescope --show reasoning,text,tools capture.sse
  ssescope --format events capture.sse      a line for each event
  ssescope --json *.sse | jq .verdict       reports, one a line
  curl -N … | ssescope --format raw > capture.sse
  ssescope https://api.openai.com/v1/responses --bearer-env OPENAI_API_KEY \\
    -d '{"model":"gpt-5","input":"Say hey","stream":true}'`;

/** Adds the default command to `program`; `onExitCode` is told how the run ended. */
export function addInspectCommand(program: Command, io: Io, pages: Pages, onExitCode: (code: number) => void): void {
  program
    .argument("[source...]", "a path, - for standard input, or an http(s) URL (none: standard input)")
    .addOption(
      choice("-f, --format <format>", "what stdout receives; text, events and raw have a summary on stderr", views),
    )
    .option("--json", "short for --format report")
    .addOption(
      new Option(
        "--show <channels>",
        `what --format text shows, separated by commas: ${channels.join(", ")}; or all (default: text)`,
      ).argParser(parseChannels),
    )
    .addOption(choice("--framing <framing>", "how events are wrapped, where the guess is wrong", framings))
    .addOption(choice("--dialect <dialect>", "the protocol inside the events, where the guess is wrong", dialects))
    .addOption(
      new Option("--max-event-size <size>", "the largest event that is read")
        .argParser(parseSize)
        .default(DEFAULT_MAX_EVENT_BYTES, "256MiB"),
    )
    .option("-q, --quiet", "no summary")
    .addOption(
      new Option("--color <when>", "auto: on a terminal, and as NO_COLOR and FORCE_COLOR say")
        .choices(colorModes)
        .default("auto"),
    )
    .option("--no-color", "the same as --color never")
    .optionsGroup("Options for a URL:")
    .option("-X, --request <method>", "HTTP method (default: GET, or POST where there is a body)")
    .addOption(
      new Option("-H, --header <line>", "'Name: value', or @file with one on each line; repeatable")
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(new Option("-d, --data <body>", "the body: text, @file, or @- for standard input").argParser(once))
    .option("--bearer-env <name>", "the environment variable that holds the bearer token")
    .addHelpText("after", EXAMPLES)
    .action(async (names: string[], options: Options) => {
      if (names.length === 0 && io.stdin.isTTY === true) program.help();
      onExitCode(await inspectAll(names.length === 0 ? [STDIN_NAME] : names, options, io, pages));
    });
}

/** Inspects every source in turn and gives the exit code of the worst. Throws UserError where the options do not fit. */
async function inspectAll(names: readonly string[], options: Options, io: Io, pages: Pages): Promise<number> {
  for (const page of [pages.stdout, pages.stderr]) await colorPage(page, options.color || "never", io.env);
  checkTogether(names, options);
  const format = options.json ? report.name : options.format;
  const view: View = views.find(({ name }) => name === format) ?? views[0];
  const isSeveral = names.length > 1;
  const hasSummary = view.hasSummary && options.quiet !== true;
  const results: SourceResult[] = [];
  for (const name of names) {
    const result = await inspectOne(name, view, options, isSeveral, io, pages);
    results.push(result);
    if (result.report !== null && hasSummary) {
      // Where text and summary meet in one log, the summary begins its own line.
      if (!pages.stdout.isAtLineStart) pages.stderr.write("\n");
      writeSummary(pages.stderr, result.report, isSeveral ? result.source : null);
      if (isSeveral) pages.stderr.write("\n");
    } else if (result.report !== null) writeErrorLine(pages, result.report);
    await flushTalk(pages.stderr);
    if (io.interrupt.aborted) break;
  }
  const exitCode = worstExitCode(results.map((result) => result.exitCode));
  if (isSeveral && hasSummary) writeTable(pages.stderr, results, exitCode);
  return exitCode;
}

/** An unreadable source is told of, and the rest go on. */
async function inspectOne(
  name: string,
  view: View,
  options: Options,
  isSeveral: boolean,
  io: Io,
  pages: Pages,
): Promise<SourceResult> {
  const context: SourceContext = {
    io,
    request: {
      method: options.request ?? null,
      headers: options.header,
      data: options.data ?? null,
      bearerEnv: options.bearerEnv ?? null,
    },
  };
  try {
    const source = await sourceOf(name, context);
    const watching = view.create(pages.stdout, {
      channels: options.show ?? DEFAULT_CHANNELS,
      source: isSeveral ? source.name : null,
    });
    const limits = {
      framing: options.framing ?? null,
      dialect: options.dialect ?? null,
      maxEventBytes: options.maxEventSize,
    };
    const report = await inspect(source, limits, watching, pages.stdout, io.interrupt);
    return { source: source.name, report, exitCode: report.exitCode };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    writeUserError(pages.stderr, error);
    return { source: shownName(name), report: null, exitCode: EXIT_USAGE };
  }
}

/** Without a summary, what went wrong is still said, in one line. */
function writeErrorLine({ stderr }: Pages, { source, error, verdict }: Report): void {
  if (error === null) return;
  stderr.write("ssescope: ", "bad");
  stderr.writeInline(`${source}: ${verdict}: ${describeError(error)}`);
  stderr.write("\n");
}

function checkTogether(names: readonly string[], options: Options): void {
  const format = options.json ? report.name : options.format;
  if (options.json && options.format !== undefined && options.format !== report.name) {
    throw new UserError(`--json and --format ${options.format} ask for different things`, "--json is --format report");
  }
  if (options.show !== undefined && (format ?? text.name) !== text.name) {
    throw new UserError(`--show is for --format text, not ${format}`, "the other formats hold every channel");
  }
  const readsStdin = names.filter((name) => name === STDIN_NAME).length + (options.data === "@-" ? 1 : 0);
  if (readsStdin > 1)
    throw new UserError("standard input is asked for more than once", "name - once, or give --data from a file");
  const hasUrl = names.some(isUrl);
  const forUrl = [options.request, options.data, options.bearerEnv, options.header[0]].some(
    (value) => value !== undefined,
  );
  if (forUrl && !hasUrl) {
    throw new UserError(
      "--request, --header, --data and --bearer-env are for URLs, and no source is one",
      "give a URL that begins with http:// or https://",
    );
  }
}

/** An option with a choice among the members of a registry. */
function choice(
  flags: string,
  description: string,
  registry: readonly { readonly name: string; readonly title: string }[],
): Option {
  const width = Math.max(...registry.map(({ name }) => name.length));
  const list = registry.map(({ name, title }) => `\n${name.padEnd(width)}  ${title}`).join("");
  const option = new Option(flags, description + list);
  const names = registry.map(({ name }) => name);
  return option.argParser((value: string) => {
    if (!names.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${names.join(", ")}.`);
    return value;
  });
}

function parseChannels(value: string): ReadonlySet<Channel> {
  if (value === "all") return new Set(channels);
  const names = value.split(",").map((name) => name.trim());
  return new Set(
    names.map((name) => {
      const known = channels.find((channel) => channel === name);
      if (known === undefined)
        throw new InvalidArgumentError(`${name} is no channel; channels are ${channels.join(", ")}, or all.`);
      return known;
    }),
  );
}

/** What V8 holds in one string (node:buffer has it as constants.MAX_STRING_LENGTH, but costs time to load). */
const LONGEST_STRING = 2 ** 29 - 24;
const DEFAULT_MAX_EVENT_BYTES = 256 * 1024 ** 2;
const POWERS: Record<string, number> = { "": 0, k: 1, m: 2, g: 3 };

/** Bytes, or with K, M or G (also KiB, MB …: all count by 1024). */
function parseSize(value: string): number {
  const [, digits = "", letter = ""] = /^(\d+)\s*([kmg]?)(?:i?b)?$/i.exec(value) ?? [];
  const bytes = Number(digits) * 1024 ** (POWERS[letter.toLowerCase()] ?? 0);
  if (bytes < 1) throw new InvalidArgumentError("A size is a number of bytes, such as 1048576, 64MiB or 256M.");
  if (bytes > LONGEST_STRING) {
    throw new InvalidArgumentError(`At most ${Math.floor(LONGEST_STRING / 1024 ** 2)}MiB: Node.js has no longer text.`);
  }
  return bytes;
}

const DEFAULT_CHANNELS: ReadonlySet<Channel> = new Set(["text"]);

/** For an option that says one thing: given twice, it is not clear which is meant. */
function once(value: string, previous: string | undefined): string {
  if (previous !== undefined) throw new InvalidArgumentError("It is given twice.");
  return value;
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
