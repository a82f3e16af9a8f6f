// `ssescope check [source...]`: each source through the pipeline, held against rules and expectations, told by reporters.
import type { Command } from "commander";
import type { Checked } from "../check/checked.ts";
import { type Demands, judge, judgeUnreadable } from "../check/judge.ts";
import { expandPattern, readSourceList } from "../check/source-names.ts";
import { UserError } from "../errors.ts";
import { type CheckExitCode, worstExitCode } from "../model/exit-codes.ts";
import type { Io } from "../io.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { colorPage } from "../terminal/color.ts";
import { flushTalk, flushUnlessClosed, type Pages } from "../terminal/pages.ts";
import type { Page } from "../terminal/page.ts";
import type { View } from "../views/view.ts";
import { addCheckOptions, type CheckArguments } from "./check-options.ts";
import { readDemands } from "./demands.ts";
import { joinAsAsked } from "./join-as-asked.ts";
import { readingOptions } from "./options.ts";
import { checkSources } from "./check-sources.ts";
import { readSource, type SourceResult } from "./read-source.ts";
import { sourceContext } from "./url-options.ts";
import { openReporters } from "./open-reporters.ts";

const EXAMPLES = `
Examples:
  ssescope check capture.sse                          nothing and 0 when all is well
  curl -N … | ssescope check --expect status=completed
  ssescope check --expect 'usage.totalTokens<=1000' --fail-on warning capture.sse
  ssescope check --reporter human --reporter junit=report.xml 'captures/**/*.sse'
  ssescope check --framing log job.log                a stream inside a CI log`;

/** Shows nothing: the findings are all that is wanted. */
const silent: View = { name: "none", title: "nothing", hasSummary: false, create: () => ({}) };

/** Makes `command` the check; `onExitCode` is told how it ended. */
export function addCheckCommand(command: Command, io: Io, pages: Pages, onExitCode: (code: number) => void): void {
  addCheckOptions(command)
    .argument("[source...]", "a path, a pattern, - for standard input, or an http(s) URL (none: standard input)")
    .addHelpText("after", EXAMPLES)
    .action(async (names: string[], options: CheckArguments) => {
      if (names.length === 0 && options.sourcesFrom === undefined && io.stdin.isTTY === true) command.help();
      onExitCode(await checkAll(names, options, io, pages));
    });
}

/** Checks every source in turn and gives the exit code of the worst. Throws UserError where the options do not fit. */
async function checkAll(typed: readonly string[], options: CheckArguments, io: Io, pages: Pages): Promise<number> {
  for (const page of [pages.stdout, pages.stderr]) await colorPage(page, options.color || "never", io.env);
  const demands = await readDemands(options, io.cwd);
  const names = await namesOf(typed, options, io);
  checkSources(
    names.map(({ name }) => name),
    options,
  );
  const isSeveral = names.length > 1;
  const { reporting, flush, close } = await openReporters(
    options.reporter,
    { isSeveral, failOn: demands.failOn, sources: names.map(({ name }) => name) },
    io,
    pages,
  );
  const context = sourceContext(options, io, pages);
  const inspectOptions = { ...readingOptions(options), rules: demands.rules };
  const viewOptions = { channels: new Set<never>(), source: null, isOneOfMany: isSeveral };
  // Nothing is written while a source is read: there is nothing to send.
  const page: Page = { ...pages.stdout, flush: async () => {} };
  const showing = { view: silent, options: viewOptions, page };
  const join = joinAsAsked(options, pages, true);
  const exitCodes: CheckExitCode[] = [];
  for (const { name, error } of names) {
    const result: SourceResult =
      error === null
        ? await readSource(name, context, inspectOptions, showing, io.interrupt, join)
        : { name, reports: [], error };
    for (const checked of judgeSource(result, demands)) {
      exitCodes.push(checked.exitCode);
      reporting.checked(checked);
    }
    // A reader that has gone away, as `head -1` does, changes neither the verdict nor what goes to files.
    await flushUnlessClosed(pages.stdout);
    await flush();
    if (io.interrupt.aborted) break;
  }
  const exitCode = worstExitCode(exitCodes);
  await reporting.end({ exitCode, streams: exitCodes.length });
  await close();
  await flushTalk(pages.stderr);
  return exitCode;
}

function judgeSource({ name, reports, error }: SourceResult, demands: Demands): Checked[] {
  if (error !== null) return [judgeUnreadable(name, error, demands.rules)];
  return reports.map((report) => judge(report, demands));
}

/** A source that is meant; one that cannot even be named has its error. */
interface Named {
  readonly name: string;
  readonly error: UserError | null;
}

/** The sources that are meant, patterns expanded where they stand for files. Throws UserError for an unreadable list. */
async function namesOf(typed: readonly string[], options: CheckArguments, io: Io): Promise<readonly Named[]> {
  const { sourcesFrom } = options;
  if (sourcesFrom === STDIN_NAME && typed.includes(STDIN_NAME)) {
    throw new UserError("standard input is asked for more than once", "name the list or - as a source, not both");
  }
  const listed = sourcesFrom === undefined ? [] : await readSourceList(sourcesFrom, io.stdin);
  if (typed.length === 0 && sourcesFrom === undefined) return [{ name: STDIN_NAME, error: null }];
  if (typed.length === 0 && listed.length === 0) {
    throw new UserError(`${sourcesFrom} lists no source`, "see what makes the list: a check of nothing is no check");
  }
  const expanded = await Promise.all(typed.map((name) => expand(name, io.cwd)));
  return [...expanded.flat(), ...listed.map((name) => ({ name, error: null }))];
}

async function expand(name: string, cwd: string): Promise<readonly Named[]> {
  try {
    return (await expandPattern(name, cwd)).map((file) => ({ name: file, error: null }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ name, error }];
  }
}
