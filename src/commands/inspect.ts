// `ssescope [source...]`: each source through the pipeline, in one of the formats, with a summary on stderr.
import type { Command } from "commander";
import { UserError } from "../errors.ts";
import { EXIT_USAGE, worstExitCode } from "../exit-codes.ts";
import { inspect } from "../inspect.ts";
import type { Io } from "../io.ts";
import type { Report } from "../report/report.ts";
import { DEFAULT_POLICY } from "../rules/profiles.ts";
import { isUrl, shownName, sourceOf } from "../sources/index.ts";
import type { SourceContext } from "../sources/source.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { colorPage } from "../terminal/color.ts";
import { flushTalk, type Pages, writeUserError } from "../terminal/pages.ts";
import { views } from "../views/index.ts";
import { report } from "../views/report.ts";
import { writeSummary } from "../views/summary.ts";
import { type StreamResult, writeTable } from "../views/table.ts";
import { text } from "../views/text.ts";
import type { View } from "../views/view.ts";
import { describeError, nameOfStream } from "../views/wording.ts";
import { addInspectOptions, DEFAULT_CHANNELS, type InspectArguments } from "./inspect-options.ts";

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
  addInspectOptions(program)
    .argument("[source...]", "a path, - for standard input, or an http(s) URL (none: standard input)")
    .addHelpText("after", EXAMPLES)
    .action(async (names: string[], options: InspectArguments) => {
      if (names.length === 0 && io.stdin.isTTY === true) program.help();
      onExitCode(await inspectAll(names.length === 0 ? [STDIN_NAME] : names, options, io, pages));
    });
}

/** Inspects every source in turn and gives the exit code of the worst. Throws UserError where the options do not fit. */
async function inspectAll(names: readonly string[], options: InspectArguments, io: Io, pages: Pages): Promise<number> {
  for (const page of [pages.stdout, pages.stderr]) await colorPage(page, options.color || "never", io.env);
  checkTogether(names, options);
  const format = options.json ? report.name : options.format;
  const view: View = views.find(({ name }) => name === format) ?? views[0];
  const isSeveral = names.length > 1;
  const hasSummary = view.hasSummary && options.quiet !== true;
  const results: StreamResult[] = [];
  for (const name of names) {
    const ofSource = await inspectOne(name, view, options, isSeveral, io, pages);
    results.push(...ofSource);
    const isTitled = isSeveral || ofSource.length > 1;
    for (const { report } of ofSource) {
      if (report !== null && hasSummary) {
        // Where text and summary meet in one log, the summary begins its own line.
        if (!pages.stdout.isAtLineStart) pages.stderr.write("\n");
        writeSummary(pages.stderr, report, isTitled);
        if (isTitled) pages.stderr.write("\n");
      } else if (report !== null) writeErrorLine(pages, report);
    }
    await flushTalk(pages.stderr);
    if (io.interrupt.aborted) break;
  }
  const exitCode = worstExitCode(results.map((result) => result.exitCode));
  if (results.length > 1 && hasSummary) writeTable(pages.stderr, results, exitCode);
  return exitCode;
}

/** The results of a source's streams. An unreadable source is told of, and the rest go on. */
async function inspectOne(
  name: string,
  view: View,
  options: InspectArguments,
  isSeveral: boolean,
  io: Io,
  pages: Pages,
): Promise<StreamResult[]> {
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
    const viewOptions = {
      channels: options.show ?? DEFAULT_CHANNELS,
      source: isSeveral ? source.name : null,
      isOneOfMany: isSeveral,
    };
    const inspectOptions = {
      framing: options.framing ?? null,
      dialect: options.dialect ?? null,
      maxEventBytes: options.maxEventSize,
      rules: DEFAULT_POLICY,
    };
    const showing = { view, options: viewOptions, page: pages.stdout };
    const reports = await inspect(source, inspectOptions, showing, io.interrupt);
    return reports.map((report) => ({ source: nameOfStream(report), report, exitCode: report.exitCode }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    writeUserError(pages.stderr, error);
    return [{ source: shownName(name), report: null, exitCode: EXIT_USAGE }];
  }
}

/** Without a summary, what went wrong is still said, in one line. */
function writeErrorLine({ stderr }: Pages, report: Report): void {
  const { error, verdict } = report;
  if (error === null) return;
  stderr.write("ssescope: ", "bad");
  stderr.writeInline(`${nameOfStream(report)}: ${verdict}: ${describeError(error)}`);
  stderr.write("\n");
}

function checkTogether(names: readonly string[], options: InspectArguments): void {
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
