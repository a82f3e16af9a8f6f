// `ssescope check [source...]`: reads each source, checks rules and expectations, and reports.
import { folderHelp } from "../check/folder.ts";
import type { NamedSource } from "../check/source-names.ts";
import { EXIT_BUG, EXIT_INTERRUPTED, EXIT_OK, type ExitCode, worstExitCode } from "../model/exit-codes.ts";
import type { Io } from "../io.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { countSkipped, describeSkippedFiles } from "../stats/skipped-files.ts";
import { linkPage } from "../terminal/links.ts";
import { preparePages } from "../terminal/prepare-page.ts";
import { flushTalk, flushUnlessClosed, type Pages, tell } from "../terminal/pages.ts";
import type { HumanOptions } from "../reporters/human-options.ts";
import { expandTyped, namesIn, namesWithList, type OnSkipped } from "./check-names.ts";
import { checkEach } from "./check-each.ts";
import { checkSources, timesStdinIsRead } from "./check-sources.ts";
import type { CommandDefinition, Example } from "./command.ts";
import { readDemands } from "./demands.ts";
import { openReporters, writtenBy } from "./open-reporters.ts";
import { firstListed, openList, refuseListed, writtenAndListed } from "./listed-sources.ts";
import { type CheckArguments, checkOptions } from "./options/check.ts";
import { type StreamArguments, streamOptions } from "./options/stream.ts";
import { showProgress } from "./progress.ts";
import { readFilesOf } from "./read-files.ts";

const allOptions = [...checkOptions, ...streamOptions] as const;

type AllArguments = CheckArguments & StreamArguments;

/** Checks every source and returns the worst exit code. Throws UserError if the options do not fit. */
async function checkAll(typed: readonly string[], options: AllArguments, io: Io, pages: Pages): Promise<number> {
  await preparePages(pages, options.color || "never", io, "people");
  const demands = await readDemands(options, io.cwd);
  await linkPage(pages.stdout, options.color || "never", io.env);
  const skipped = countSkipped();
  const onSkipped: OnSkipped = (files, folder) => skipped.add(files, folder);
  // Recording needs to know the source.
  const listPath = options.record === undefined ? (options.sourcesFrom ?? null) : null;
  const known = await knownSources(typed, options, io, onSkipped);
  const sources = known.map(({ name }) => name);
  const alsoRead = [demands.configPath, options.sourcesFrom];
  checkSources(sources, options, io, { list: listPath, alsoRead });
  const list = listPath === null ? null : await openList(listPath, known.length === 0, io);
  const isSeveral = list !== null || known.length > 1;
  const { reporting, follow, needsSizes, flush, close } = await openReporters(
    options.reporter,
    {
      isSeveral,
      demands,
      async read(written) {
        const read = readFilesOf(sources, options, io, alsoRead);
        const listed = listPath === null ? [] : await writtenAndListed(listPath, written, io);
        return new Set([...read, ...listed]);
      },
      recording: options.record,
      human: humanOptions(options, io.env),
      talk: (message) => tell(message, pages),
    },
    io,
    pages.stdout,
  );
  const refuse = refuseListed(timesStdinIsRead(sources, options, listPath) > 0, writtenBy(options.reporter));
  const names = list === null ? namesIn(known) : namesWithList(known, listPath ?? "", list, onSkipped, refuse);
  const progress = showProgress(() => names.total(), pages.status, io.clock);
  const outcomes = checkEach({ names, isSeveral, options, demands, io, pages, follow, needsSizes, progress });
  let exitCode: ExitCode = EXIT_OK;
  let streamCount = 0;
  let checkedSources = 0;
  try {
    for await (const { streams, talk, bug, isPart = false } of outcomes) {
      if (!isPart) checkedSources += 1;
      for (const message of talk) tell(message, pages);
      for (const checked of streams) {
        if (bug !== null) tellBug(checked.source, bug, pages);
        exitCode = worstExitCode([exitCode, bug === null ? checked.exitCode : EXIT_BUG]);
        reporting.checked(checked);
      }
      streamCount += streams.length;
      progress.done(streams.filter((checked) => checked.exitCode !== EXIT_OK).length, isPart);
      // A reader that closes the pipe, such as `head -1`, changes neither the verdict nor the files.
      await flushUnlessClosed(pages.stdout);
      await flush();
      if (io.interrupt.aborted) break;
    }
  } finally {
    names.close();
  }
  progress.end();
  const note = describeSkippedFiles(skipped.sum());
  if (note !== null) tell(note, pages);
  // An interrupt also ends a list, and a source with several streams, which may all be complete.
  const isAll = checkedSources === names.total() && !io.interrupt.aborted;
  if (!isAll) exitCode = worstExitCode([exitCode, EXIT_INTERRUPTED]);
  await reporting.end({ exitCode, streams: streamCount });
  await close();
  await flushTalk(pages.stderr);
  return exitCode;
}

/** Reports at which source a bug occurred, like `bin/ssescope.js` for one that ends the run. */
export function tellBug(source: string, bug: string, { stderr }: Pages): void {
  stderr.endLine();
  stderr.write("ssescope: this is a bug in ssescope, please report it: it failed while reading ");
  stderr.writeInline(source);
  stderr.write(`:\n${bug}\n`);
}

/** Options of the human reporter. */
function humanOptions({ groupBy, warnings, excerpt }: CheckArguments, env: Io["env"]): HumanOptions {
  return {
    groupBy: groupBy ?? null,
    showsWarnings: warnings === true,
    hasExcerpts: excerpt,
    isCi: isCi(env),
  };
}

/**
 * Every CI service sets it: https://docs.github.com/actions/reference/variables-reference, GitLab, CircleCI and others.
 */
function isCi({ CI }: Io["env"]): boolean {
  return CI !== undefined && CI !== "" && CI !== "0" && CI !== "false";
}

/** The sources known before reading: those on the command line, and for a recording the first of a list. */
async function knownSources(
  typed: readonly string[],
  { sourcesFrom, record }: AllArguments,
  io: Io,
  onSkipped: OnSkipped,
): Promise<readonly NamedSource[]> {
  if (typed.length === 0 && sourcesFrom === undefined) return [{ name: STDIN_NAME, error: null }];
  const listed = sourcesFrom === undefined || record === undefined ? [] : await firstListed(sourcesFrom, io);
  return [...(await expandTyped(typed, io.cwd, onSkipped)), ...listed];
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
