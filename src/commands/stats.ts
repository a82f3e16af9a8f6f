// `ssescope stats [source...]`: many streams as quantiles and shares, group by group.
import type { Demands } from "../check/judge.ts";
import type { NamedSource } from "../check/source-names.ts";
import { UserError } from "../errors.ts";
import { EXIT_BUG, EXIT_FINDINGS, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE } from "../model/exit-codes.ts";
import type { Io } from "../io.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { type Collection, createCollection } from "../stats/collect.ts";
import { together } from "../stats/without-stream.ts";
import { compareCollections } from "../stats/comparison.ts";
import type { GroupComparison } from "../stats/differences.ts";
import { describeComparison } from "../stats/show/differences.ts";
import { addMissing } from "../stats/form.ts";
import { describeNoStreams } from "../stats/show/source-names.ts";
import { usualKey } from "../stats/group-key.ts";
import { countSkipped, type SkippedCounts } from "../stats/skipped-files.ts";
import { statisticsOf } from "../stats/summarize.ts";
import { preparePages } from "../terminal/prepare-page.ts";
import { flushTalk, type Pages, tell } from "../terminal/pages.ts";
import { expandTyped, namesWithList, type OnSkipped } from "./check-names.ts";
import { checkSources, timesStdinIsRead } from "./check-sources.ts";
import { countOf } from "../wording/counts.ts";
import type { CommandDefinition } from "./command.ts";
import { openList } from "./listed-sources.ts";
import type { ArgumentsOf } from "./options/option.ts";
import { repeatOptions } from "./options/repeat.ts";
import { statsOptions } from "./options/stats.ts";
import { streamOptions } from "./options/stream.ts";
import { defaultRules } from "./read-options.ts";
import { checkRepeat, refuseWithoutRepeat } from "./repeat/check-repeat.ts";
import { countOnce } from "./stats/count-once.ts";
import { examples, helpSections } from "./stats/help.ts";
import { gather, type Gathered, type GatherContext } from "./stats/gather.ts";
import { printStatistics } from "./stats/print.ts";

const allOptions = [...statsOptions, ...streamOptions, ...repeatOptions] as const;

type AllArguments = ArgumentsOf<typeof allOptions>;

/** Throws UserError if sources and options do not fit each other. */
async function makeStatistics(typed: readonly string[], options: AllArguments, io: Io, pages: Pages): Promise<number> {
  await preparePages(pages, options.color || "never", io, "people");
  const keys = options.by ?? [usualKey()];
  const demands: Demands = { rules: defaultRules(options), expectations: [], failOn: "error" };
  const context = { options, demands, io, pages, needsSizes: keys.some(({ needsSizes }) => needsSizes) };
  const before = options.against.length === 0 ? null : createCollection(keys);
  const after = createCollection(keys);
  const url = options.repeat === undefined ? null : checkRepeated(typed, options, io);
  refuseStdinTwice(typed, options);
  const ofBefore = { ...(url === null ? options : withoutRequest(options)), sourcesFrom: undefined };
  const skipped = countSkipped();
  const parts = [
    ...(before === null
      ? []
      : [await gatherNamed(options.against, ofBefore, before, { ...context, options: ofBefore }, skipped)]),
    await (url === null
      ? gatherNamed(typed, options, after, context, skipped)
      : gatherUrl(url, options, after, context)),
  ];
  const unreadable = parts.reduce((sum, part) => sum + part.unreadable, 0);
  const interrupted = io.interrupt.aborted;
  const format = options.json ? "json" : options.format;
  const isForPeople = format === "table" || format === "markdown";
  const statistics = statisticsOf(after, { interrupted, unreadable, skipped: skipped.sum() });
  const against = before === null ? null : compareCollections(before, after);
  const withoutStream = before === null ? after.withoutStream : together(after.withoutStream, before.withoutStream);
  const cutShort = after.cutShort + (before?.cutShort ?? 0);
  const missingKeys = addMissing(after.missingKeys, before?.missingKeys ?? []);
  const whole = against === null ? statistics : { ...statistics, withoutStream, cutShort, missingKeys, against };
  // Streams that a signal cut are streams.
  const isNothingCounted =
    against === null && unreadable === 0 && !interrupted && after.hasNoStreams && after.cutShort === 0;
  // If no source has any content, the messages on stderr suffice.
  const isAllSaid = after.isEmpty && (unreadable > 0 || isNothingCounted);
  if (!isForPeople || !isAllSaid) await printStatistics(pages.stdout, whole, format);
  await pages.stdout.flush();
  if (isNothingCounted) tell(describeNoStreams(withoutStream), pages);
  const isNothingCompared = against !== null && isInconclusive(against);
  // The formats for programs contain no messages.
  if (isNothingCompared && !isForPeople && !interrupted) tell(describeComparison(against), pages);
  await flushTalk(pages.stderr);
  if (parts.some(({ bugs }) => bugs > 0)) return EXIT_BUG;
  if (interrupted) return EXIT_INTERRUPTED;
  if (unreadable > 0 || isNothingCounted || isNothingCompared) return EXIT_USAGE;
  return (against?.worse ?? 0) > 0 ? EXIT_FINDINGS : EXIT_OK;
}

/** No test was made, except if there are no times, failures and findings on either side: then nothing can be worse. */
function isInconclusive({ nothingCompared }: GroupComparison): boolean {
  return nothingCompared !== null && nothingCompared !== "nothing-measured";
}

async function gatherNamed(
  typed: readonly string[],
  options: AllArguments,
  collection: Collection,
  context: GatherContext,
  skipped: SkippedCounts,
): Promise<Gathered> {
  const { io, pages } = context;
  if (io.interrupt.aborted) return { unreadable: 0, bugs: 0 };
  const given = await namesOf(typed, options, io, (files, folder) => skipped.add(files, folder));
  const names = countOnce(given, io.cwd);
  const repeated = given.length - names.length;
  if (repeated > 0) tell(`${countOf(repeated, "source")} named more than once: each counts once`, pages);
  checkSources(
    names.map(({ name }) => name),
    options,
    io,
    { list: options.sourcesFrom ?? null },
  );
  return gather(names, collection, context);
}

/** Checks both sides together; each side is checked alone later. Throws UserError. */
function refuseStdinTwice(typed: readonly string[], options: AllArguments): void {
  const { against, sourcesFrom = null } = options;
  if (!against.includes(STDIN_NAME)) return;
  const names = typed.length === 0 && sourcesFrom === null ? [STDIN_NAME] : typed;
  if (timesStdinIsRead([...names, ...against], options, sourcesFrom) < 2) return;
  throw new UserError(
    "standard input is used more than once",
    names.includes(STDIN_NAME) ? "give the sources or --against as files" : "name - once",
  );
}

/** Returns the URL to request many times. Throws UserError if options do not fit. */
function checkRepeated(typed: readonly string[], options: AllArguments, io: Io): string {
  for (const [option, value] of Object.entries({ jobs: options.jobs, "sources-from": options.sourcesFrom })) {
    if (value === undefined) continue;
    throw new UserError(`--${option} is for files, not for --repeat`, "to limit open requests, use --concurrency");
  }
  return checkRepeat(typed, options, io);
}

async function gatherUrl(
  url: string,
  options: AllArguments,
  collection: Collection,
  { demands, io, pages }: GatherContext,
): Promise<Gathered> {
  if (io.interrupt.aborted) return { unreadable: 0, bugs: 0 };
  const { gatherRepeated } = await import("./repeat/gather-repeated.ts");
  return gatherRepeated(url, collection, { options, demands, io, pages, isQuiet: false });
}

/** The options for the earlier sources: request and recording belong to the URL. */
function withoutRequest(options: AllArguments): AllArguments {
  const none = { request: undefined, bearerEnv: undefined, record: undefined, redact: undefined } as const;
  return { ...options, ...none, header: [], headerEnv: [], data: [] };
}

/** All sources, including those of a list: reports are read first, because they replace the captures beside them. */
async function namesOf(
  typed: readonly string[],
  { sourcesFrom }: Pick<AllArguments, "sourcesFrom">,
  io: Io,
  onSkipped: OnSkipped,
): Promise<readonly NamedSource[]> {
  if (typed.length === 0 && sourcesFrom === undefined) return [{ name: STDIN_NAME, error: null }];
  const known = await expandTyped(typed, io.cwd, onSkipped, true);
  if (sourcesFrom === undefined) return known;
  const list = await openList(sourcesFrom, known.length === 0, io);
  const names = namesWithList(known, sourcesFrom, list, onSkipped, () => null);
  const all: NamedSource[] = [];
  for (let next = await names.next(); next !== undefined; next = await names.next()) all.push(next);
  return all;
}

export const statsCommand: CommandDefinition<typeof allOptions> = {
  operands: [
    {
      form: "[source...]",
      summary: "a path, folder, pattern, - or URL (default: stdin)",
      completes: "paths",
    },
  ],
  options: allOptions,
  usualOptions: ["by", "against", "repeat", "format", "json"],
  examples,
  sections: helpSections,
  async run(names, options, { io, pages, showHelp }) {
    if (names.length === 0 && options.sourcesFrom === undefined && io.stdin.isTTY === true) showHelp();
    refuseWithoutRepeat(options);
    if (options.json && options.format !== "table" && options.format !== "json") {
      throw new UserError(`--json and --format ${options.format} exclude each other`, "--json is --format json");
    }
    return makeStatistics(names, options, io, pages);
  },
};
