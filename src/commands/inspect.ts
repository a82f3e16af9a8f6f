// `ssescope [source...]`: prints each source in one of the formats, with a summary on stderr.
import { withoutCompanions } from "../capture/companions.ts";
import { expandFolder } from "../check/source-names.ts";
import { UserError } from "../errors.ts";
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE, type ExitCode, worstExitCode } from "../model/exit-codes.ts";
import type { Io } from "../io.ts";
import type { Channel } from "../model/text-kinds.ts";
import type { Report } from "../model/report.ts";
import { isUrl, shownName } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { countSkipped, describeSkippedFiles } from "../stats/skipped-files.ts";
import { preparePages } from "../terminal/prepare-page.ts";
import { flushTalk, type Pages, tell, writeUserError } from "../terminal/pages.ts";
import type { Page } from "../terminal/page.ts";
import { createRows } from "../views/rows.ts";
import { views } from "../views/index.ts";
import { report } from "../views/report.ts";
import { writeSummary } from "../views/summary.ts";
import { type StreamResult, writeTable } from "../views/table.ts";
import { text } from "../views/text.ts";
import type { View } from "../views/view.ts";
import { shellWord } from "../wording/shell-word.ts";
import { describeError } from "../wording/stream-error.ts";
import { nameOfStream } from "../wording/stream-name.ts";
import type { OnSkipped } from "./check-names.ts";
import { checkSources } from "./check-sources.ts";
import type { CommandDefinition, Example } from "./command.ts";
import { filteredAsAsked, formatOf } from "./filtered-view.ts";
import { refuseMistypedCommand } from "./mistyped.ts";
import { joinAsAsked } from "./join-as-asked.ts";
import { filterOptions } from "./options/filter.ts";
import type { ArgumentsOf } from "./options/option.ts";
import { outputOptions } from "./options/output.ts";
import { repeatOptions } from "./options/repeat.ts";
import { streamOptions } from "./options/stream.ts";
import { defaultRules, readingOptions, sourceContext } from "./read-options.ts";
import { readSource } from "./read-source.ts";
import { refuseWithoutRepeat } from "./repeat/check-repeat.ts";
import { showStatus } from "./show-status.ts";

const inspectOptions = [...outputOptions, ...filterOptions, ...streamOptions, ...repeatOptions] as const;

type InspectArguments = ArgumentsOf<typeof inspectOptions>;

const DEFAULT_CHANNELS: ReadonlySet<Channel> = new Set(["text"]);

/** Inspects every source in turn and returns the worst exit code. Throws UserError if the options do not fit. */
async function inspectAll(typed: readonly string[], options: InspectArguments, io: Io, pages: Pages): Promise<number> {
  await preparePages(pages, options.color || "never", io);
  refuseMistypedCommand(typed, io.cwd);
  checkFormat(options);
  const skipped = countSkipped();
  const names = await namesOf(typed, (files, folder) => skipped.add(files, folder));
  checkSources(names, options, io);
  const format = options.json ? report.name : formatOf(options);
  const view: View = filteredAsAsked(views.find(({ name }) => name === format) ?? views[0], options);
  const isSeveral = names.length > 1;
  const hasSummary = view.hasSummary && options.quiet !== true;
  const context = sourceContext(options, io, pages);
  const reading = { ...readingOptions(options), rules: defaultRules(options) };
  const channels = options.show ?? DEFAULT_CHANNELS;
  const join = joinAsAsked(options, pages, io.clock, options.quiet !== true);
  const results: StreamResult[] = [];
  for (const name of names) {
    const viewOptions = { channels, source: isSeveral ? shownName(name) : null, isOneOfMany: isSeveral };
    const isLive = isUrl(name) || name === STDIN_NAME;
    const live = isLive && options.quiet !== true ? showStatus(view, pages.status, io.clock) : { view, end: () => {} };
    const showing = { view: live.view, options: viewOptions, page: pages.stdout };
    if (isSeveral && hasSummary) writeHeading(pages, shownName(name));
    const result = readSource(name, context, reading, showing, io.interrupt, join);
    const { reports, error } = await result.finally(live.end);
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
  const exitCodes: ExitCode[] = results.map((result) => result.exitCode);
  // The streams read so far may all be complete.
  if (io.interrupt.aborted) exitCodes.push(EXIT_INTERRUPTED);
  const exitCode = worstExitCode(exitCodes);
  if (results.length > 1 && hasSummary) writeTable(pages.stderr, results, exitCode);
  const note = describeSkippedFiles(skipped.sum());
  if (note !== null && options.quiet !== true) tell(note, pages);
  return exitCode;
}

/** The names on the command line, with folders expanded. Throws UserError for a folder without captures. */
async function namesOf(typed: readonly string[], onSkipped: OnSkipped): Promise<readonly string[]> {
  const names: string[] = [];
  for (const name of withoutCompanions(typed)) {
    const sources = await expandFolder(name, onSkipped);
    for (const source of sources) {
      if (source.error !== null) throw source.error;
      names.push(source.name);
    }
  }
  return names;
}

/** On a terminal, writes the name of the source above its text. A pipe gets only text. */
function writeHeading({ stdout, stderr }: Pages, name: string): void {
  if (!stdout.isTerminal || !stderr.isTerminal) return;
  stdout.endLine();
  stdout.writeInline(name, "strong");
  stdout.write("\n");
}

function talkAbout(report: Report, isOneOfMany: boolean, { stdout, stderr }: Pages): void {
  // If text and summary go to the same log, the summary starts on its own line.
  if (!stdout.isAtLineStart) stderr.write("\n");
  // On a terminal, a blank line separates the text from the summary.
  if (stdout.isTerminal && stderr.isTerminal && stdout.hasWritten) stderr.write("\n");
  writeSummary(stderr, report, isOneOfMany);
  writeNext(stderr, report);
  if (isOneOfMany) stderr.write("\n");
}

/** Suggests the next command, on a terminal after a capture with findings, or one that broke off after some events. */
function writeNext(stderr: Page, { source, exitCode, findings, error, events }: Report): void {
  const isFile = source !== STDIN_NAME && !isUrl(source);
  if (!stderr.isTerminal || !isFile || exitCode === EXIT_OK) return;
  if (findings.length === 0 && (error === null || events === 0)) return;
  createRows(stderr).writeParts("next", [{ text: `ssescope ${shellWord(source)} --around findings` }]);
}

/** Reports an error in one line, if there is no summary. */
function writeErrorLine({ stderr }: Pages, report: Report): void {
  const { error, verdict } = report;
  if (error === null) return;
  stderr.write("ssescope: ", "bad");
  stderr.writeInline(`${nameOfStream(report)}: ${verdict}: ${describeError(error)}`);
  stderr.write("\n");
}

function checkFormat(options: InspectArguments): void {
  const format = options.json ? report.name : formatOf(options);
  if (options.json && options.format !== undefined && options.format !== report.name) {
    throw new UserError(`--json and --format ${options.format} exclude each other`, "--json is --format report");
  }
  if (options.show !== undefined && (format ?? text.name) !== text.name) {
    throw new UserError(`--show is for --format text, not ${format}`, "the other formats have every channel");
  }
}

function examples(): readonly Example[] {
  return [
    { command: "ssescope capture.sse", meaning: "print the text, and a summary" },
    { command: "curl -N … | ssescope", meaning: "print a live stream as it arrives" },
    { command: "ssescope --format events capture.sse", meaning: "print a line for each event" },
    { command: "ssescope --json *.sse | jq .verdict", meaning: "print a line of JSON per stream" },
    { command: "ssescope --around findings capture.sse", meaning: "print the events around each finding" },
    { command: "ssescope --show reasoning,text,tools capture.sse", meaning: "print more than the visible text" },
    { command: "curl -N … | ssescope --format raw > capture.sse", meaning: "inspect a stream on its way to a file" },
    {
      command:
        "ssescope https://api.openai.com/v1/responses \\\n" +
        "  --bearer-env OPENAI_API_KEY \\\n" +
        `  -d '{"model":"gpt-5","input":"Say hey","stream":true}'`,
      meaning: "request a stream and print it",
    },
    {
      command: "ssescope http://127.0.0.1:8000/v1/responses \\\n  -d @request.json --repeat 50 --record runs/",
      meaning: "repeat a request, print statistics, keep the streams",
    },
  ];
}

/** The default command. */
export const inspectCommand: CommandDefinition<typeof inspectOptions> = {
  operands: [
    {
      form: "[source...]",
      summary: "a path, folder, - for stdin, or URL (default: stdin)",
      completes: "paths",
    },
  ],
  options: inspectOptions,
  usualOptions: ["format", "only", "show", "json", "record", "data", "bearer-env"],
  examples,
  sections: async () => [
    ...(await import("./help/numbers.ts")).numberSections,
    (await import("./help/colors.ts")).colorSection,
  ],
  async run(names, options, { io, pages, showHelp }) {
    if (names.length === 0 && io.stdin.isTTY === true) showHelp();
    refuseWithoutRepeat(options);
    if (options.repeat !== undefined) {
      const { inspectRepeated } = await import("./repeat/inspect-repeated.ts");
      return inspectRepeated(names, options, io, pages);
    }
    return inspectAll(names.length === 0 ? [STDIN_NAME] : names, options, io, pages);
  },
};
