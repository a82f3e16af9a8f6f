// `ssescope [source...]`: each source through the pipeline, in one of the formats, with a summary on stderr.
import type { Command } from "commander";
import { UserError } from "../errors.ts";
import { EXIT_USAGE, worstExitCode } from "../model/exit-codes.ts";
import type { Io } from "../io.ts";
import type { Report } from "../model/report.ts";
import { DEFAULT_POLICY } from "../rules/policy.ts";
import { isUrl, shownName } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { colorPage } from "../terminal/color.ts";
import { flushTalk, type Pages, writeUserError } from "../terminal/pages.ts";
import { views } from "../views/index.ts";
import { report } from "../views/report.ts";
import { writeSummary } from "../views/summary.ts";
import { type StreamResult, writeTable } from "../views/table.ts";
import { text } from "../views/text.ts";
import type { View } from "../views/view.ts";
import { describeError } from "../wording/stream-error.ts";
import { nameOfStream } from "../wording/stream-name.ts";
import { addInspectOptions, DEFAULT_CHANNELS, type InspectArguments } from "./inspect-options.ts";
import { joinAsAsked } from "./join-as-asked.ts";
import { readingOptions } from "./options.ts";
import { checkSources } from "./check-sources.ts";
import { readSource } from "./read-source.ts";
import { sourceContext } from "./url-options.ts";
import { showStatus } from "./show-status.ts";

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
  checkFormat(options);
  checkSources(names, options);
  const format = options.json ? report.name : options.format;
  const view: View = views.find(({ name }) => name === format) ?? views[0];
  const isSeveral = names.length > 1;
  const hasSummary = view.hasSummary && options.quiet !== true;
  const context = sourceContext(options, io, pages);
  const inspectOptions = { ...readingOptions(options), rules: DEFAULT_POLICY };
  const channels = options.show ?? DEFAULT_CHANNELS;
  const join = joinAsAsked(options, pages, options.quiet !== true);
  const results: StreamResult[] = [];
  for (const name of names) {
    const viewOptions = { channels, source: isSeveral ? shownName(name) : null, isOneOfMany: isSeveral };
    const isLive = isUrl(name) || name === STDIN_NAME;
    const live = isLive && options.quiet !== true ? showStatus(view, pages.status) : { view, end: () => {} };
    const showing = { view: live.view, options: viewOptions, page: pages.stdout };
    const reading = readSource(name, context, inspectOptions, showing, io.interrupt, join);
    const { reports, error } = await reading.finally(live.end);
    if (error !== null) {
      writeUserError(pages.stderr, error);
      results.push({ source: shownName(name), report: null, exitCode: EXIT_USAGE });
    }
    for (const report of reports) {
      if (hasSummary) talkAbout(report, isSeveral || reports.length > 1, pages);
      else writeErrorLine(pages, report);
      results.push({ source: nameOfStream(report), report, exitCode: report.exitCode });
    }
    await flushTalk(pages.stderr);
    if (io.interrupt.aborted) break;
  }
  const exitCode = worstExitCode(results.map((result) => result.exitCode));
  if (results.length > 1 && hasSummary) writeTable(pages.stderr, results, exitCode);
  return exitCode;
}

function talkAbout(report: Report, isOneOfMany: boolean, { stdout, stderr }: Pages): void {
  // Where text and summary meet in one log, the summary begins its own line.
  if (!stdout.isAtLineStart) stderr.write("\n");
  writeSummary(stderr, report, isOneOfMany);
  if (isOneOfMany) stderr.write("\n");
}

/** Without a summary, what went wrong is still said, in one line. */
function writeErrorLine({ stderr }: Pages, report: Report): void {
  const { error, verdict } = report;
  if (error === null) return;
  stderr.write("ssescope: ", "bad");
  stderr.writeInline(`${nameOfStream(report)}: ${verdict}: ${describeError(error)}`);
  stderr.write("\n");
}

function checkFormat(options: InspectArguments): void {
  const format = options.json ? report.name : options.format;
  if (options.json && options.format !== undefined && options.format !== report.name) {
    throw new UserError(`--json and --format ${options.format} ask for different things`, "--json is --format report");
  }
  if (options.show !== undefined && (format ?? text.name) !== text.name) {
    throw new UserError(`--show is for --format text, not ${format}`, "the other formats hold every channel");
  }
}
