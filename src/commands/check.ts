// `ssescope check [source...]`: runs each source through the pipeline, checks rules and expectations, and reports.
import { describeSkipped, folderHelp } from "../check/folder.ts";
import { expandFolder, expandPattern, type NamedSource, readSourceList } from "../check/source-names.ts";
import { UserError } from "../errors.ts";
import { EXIT_BUG, EXIT_INTERRUPTED, EXIT_OK, type ExitCode, worstExitCode } from "../model/exit-codes.ts";
import type { Io } from "../io.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { linkPage } from "../terminal/links.ts";
import { preparePages } from "../terminal/prepare-page.ts";
import { flushTalk, flushUnlessClosed, type Pages, tell } from "../terminal/pages.ts";
import type { HumanOptions } from "../reporters/human-options.ts";
import { checkInTurn, jobsFor } from "./check-run.ts";
import { checkSources } from "./check-sources.ts";
import type { CommandDefinition, Example } from "./command.ts";
import { readDemands } from "./demands.ts";
import { openReporters } from "./open-reporters.ts";
import { type CheckArguments, checkOptions } from "./options/check.ts";
import { type StreamArguments, streamOptions } from "./options/stream.ts";
import { showProgress } from "./progress.ts";
import { readFilesOf } from "./read-files.ts";

const allOptions = [...checkOptions, ...streamOptions] as const;

type AllArguments = CheckArguments & StreamArguments;

/** Checks every source and gives the exit code of the worst. Throws UserError where the options do not fit. */
async function checkAll(typed: readonly string[], options: AllArguments, io: Io, pages: Pages): Promise<number> {
  await preparePages(pages, options.color || "never", io, "people");
  const demands = await readDemands(options, io.cwd);
  await linkPage(pages.stdout, options.color || "never", io.env);
  const isWatched = pages.stdout.isTerminal || isCi(io.env);
  const names = await namesOf(typed, options, io, (skipped, folder) => {
    if (isWatched) tell(`skipped ${describeSkipped(skipped)} in ${folder}: not captures`, pages);
  });
  const sources = names.map(({ name }) => name);
  checkSources(sources, options, io);
  const isSeveral = names.length > 1;
  const { reporting, follow, flush, close } = await openReporters(
    options.reporter,
    {
      isSeveral,
      demands,
      read: () => readFilesOf(sources, options, io, [configPathOf(options), options.sourcesFrom]),
      recording: options.record,
      human: humanOptions(options, io.env),
      talk: (message) => tell(message, pages),
    },
    io,
    pages.stdout,
  );
  const progress = showProgress(names.length, pages.status, io.clock);
  const run = { names, options, demands, io, pages, follow, progress };
  const jobs = await jobsFor(run);
  const outcomes = jobs === 1 ? checkInTurn(run) : (await import("./jobs/check-at-once.ts")).checkAtOnce(run, jobs);
  const exitCodes: ExitCode[] = [];
  let streamCount = 0;
  let left = names.length;
  for await (const { streams, talk, bug } of outcomes) {
    left -= 1;
    for (const message of talk) tell(message, pages);
    for (const checked of streams) {
      if (bug !== null) tellBug(checked.source, bug, pages);
      exitCodes.push(bug === null ? checked.exitCode : EXIT_BUG);
      reporting.checked(checked);
    }
    streamCount += streams.length;
    progress.done(streams.filter((checked) => checked.exitCode !== EXIT_OK).length);
    // A reader that has gone away, as `head -1` does, changes neither the verdict nor what goes to files.
    await flushUnlessClosed(pages.stdout);
    await flush();
    if (io.interrupt.aborted) break;
  }
  progress.end();
  if (left > 0) exitCodes.push(EXIT_INTERRUPTED);
  const exitCode = worstExitCode(exitCodes);
  await reporting.end({ exitCode, streams: streamCount });
  await close();
  await flushTalk(pages.stderr);
  return exitCode;
}

/** Says at which source a bug was found, as `bin/ssescope.js` does of one that ends the run. */
function tellBug(source: string, bug: string, { stderr }: Pages): void {
  stderr.endLine();
  stderr.write("ssescope: this is a bug in ssescope, please report it: it failed while it read ");
  stderr.writeInline(source);
  stderr.write(`:\n${bug}\n`);
}

function configPathOf({ config }: CheckArguments): string | undefined {
  return typeof config === "string" ? config : undefined;
}

/** What the human reporter is asked for. */
function humanOptions({ groupBy, warnings, excerpt }: CheckArguments, env: Io["env"]): HumanOptions {
  return {
    groupBy: groupBy ?? null,
    showsWarnings: warnings === true,
    hasExcerpts: excerpt,
    isCi: isCi(env),
  };
}

/** Every CI service sets it: https://docs.github.com/actions/reference/variables-reference, GitLab, CircleCI and others. */
function isCi({ CI }: Io["env"]): boolean {
  return CI !== undefined && CI !== "" && CI !== "0" && CI !== "false";
}

/** The sources that are meant, patterns and folders expanded. Throws UserError for an unreadable list. */
async function namesOf(
  typed: readonly string[],
  options: AllArguments,
  io: Io,
  onSkipped: Parameters<typeof expandFolder>[1],
): Promise<readonly NamedSource[]> {
  const { sourcesFrom } = options;
  if (sourcesFrom === STDIN_NAME && typed.includes(STDIN_NAME)) {
    throw new UserError("standard input is used more than once", "name the list or - as a source, not both");
  }
  const listed = sourcesFrom === undefined ? [] : await readSourceList(sourcesFrom, io.stdin);
  if (typed.length === 0 && sourcesFrom === undefined) return [{ name: STDIN_NAME, error: null }];
  if (typed.length === 0 && listed.length === 0) {
    throw new UserError(`${sourcesFrom} lists no source`, "check whatever writes the list; an empty list is an error");
  }
  const expanded = await Promise.all(typed.map((name) => expand(name, io.cwd)));
  const named = [...expanded.flat(), ...listed.map((name) => ({ name, error: null }))];
  const sources: NamedSource[] = [];
  for (const each of named) sources.push(...(each.error === null ? await expandFolder(each.name, onSkipped) : [each]));
  return sources;
}

async function expand(name: string, cwd: string): Promise<readonly NamedSource[]> {
  try {
    return (await expandPattern(name, cwd)).map((file) => ({ name: file, error: null }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ name, error }];
  }
}

function examples(): readonly Example[] {
  return [
    {
      command: "ssescope check capture.sse",
      meaning: "check a capture; print nothing if it is fine",
    },
    {
      command: "curl -N … | ssescope check --record capture.sse \\\n  --expect 'ttft<=2s'",
      meaning: "record a live stream with its times, and assert one",
    },
    {
      command: "ssescope check --expect 'usage.totalTokens<=1000' \\\n  --fail-on warning capture.sse",
      meaning: "fail on warnings, too",
    },
    {
      command: "ssescope check --reporter human \\\n  --reporter junit=report.xml 'captures/**/*.sse'",
      meaning: "print findings, and write a JUnit report",
    },
    { command: "ssescope check captures/", meaning: "check all captures in a folder and below it" },
    { command: "ssescope check --framing log job.log", meaning: "check the streams inside a CI log" },
  ];
}

export const checkCommand: CommandDefinition<typeof allOptions> = {
  operands: [
    {
      form: "[source...]",
      summary: "a path, folder, pattern, - or URL (default: stdin)",
      completes: "paths",
    },
  ],
  options: allOptions,
  usualOptions: ["expect", "rule", "profile", "fail-on", "reporter", "config", "record"],
  examples,
  sections: async () => [
    { title: "Folders", text: folderHelp },
    ...(await import("./help/expectations.ts")).expectationSections,
  ],
  async run(names, options, { io, pages, showHelp }) {
    if (names.length === 0 && options.sourcesFrom === undefined && io.stdin.isTTY === true) showHelp();
    return checkAll(names, options, io, pages);
  },
};
