// `ssescope diff A B`: compares two sources.
import { compare, type Outline, outlining } from "../diff/compare.ts";
import { choices, TIMES } from "../diff/difference.ts";
import { UserError } from "../errors.ts";
import { pairs } from "../diff/pairs.ts";
import { showComparison } from "../diff/show.ts";
import { EXIT_FINDINGS, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE, worstExitCode } from "../model/exit-codes.ts";
import { isSourceVerdict, verdicts, verdictTable } from "../model/verdict.ts";
import type { Io } from "../io.ts";
import type { Report } from "../model/report.ts";
import { preparePages } from "../terminal/prepare-page.ts";
import { type Pages, tell } from "../terminal/pages.ts";
import { describeError } from "../wording/stream-error.ts";
import { nameOfStream } from "../wording/stream-name.ts";
import { checkSources } from "./check-sources.ts";
import type { CommandDefinition, Example, HelpSection } from "./command.ts";
import { joinAsAsked } from "./join-as-asked.ts";
import { diffOptions } from "./options/diff.ts";
import type { ArgumentsOf } from "./options/option.ts";
import { streamOptions } from "./options/stream.ts";
import { defaultRules, readingOptions, sourceContext } from "./read-options.ts";
import { readSource } from "./read-source.ts";

const allOptions = [...diffOptions, ...streamOptions] as const;

type DiffArguments = ArgumentsOf<typeof allOptions>;

/** Throws UserError if a source cannot be read. */
async function compareSources(
  names: readonly [string, string],
  options: DiffArguments,
  io: Io,
  pages: Pages,
): Promise<number> {
  await preparePages(pages, options.color || "never", io, "people");
  checkSources(names, options, io);
  const [a, b] = [await outlinesOf(names[0], options, io, pages), await outlinesOf(names[1], options, io, pages)];
  if (io.interrupt.aborted) return EXIT_INTERRUPTED;
  const areTimesAsked = options.only?.has(TIMES) === true;
  if (areTimesAsked) refuseUntimed([a, b]);
  const comparisons = compare(a, b, {
    strict: options.strict === true,
    sections: options.only ?? new Set(choices),
    timesDecide: areTimesAsked,
  });
  const failed = pairs(a, b).map(([inA, inB]) => failuresOf(inA, inB));
  for (const [index, comparison] of comparisons.entries()) {
    // Two equal failures are not a result.
    const isNews = !comparison.isEqual || failed[index]?.length === 0;
    if (options.json) pages.stdout.writeJson(comparison);
    else if (options.quiet !== true && isNews) showComparison(pages.stdout, comparison, areTimesAsked);
  }
  const failures = failed.flat();
  for (const { side, report } of failures) tell(`${side}, ${nameOfStream(report)}: ${wordsFor(report)}`, pages);
  if (failures.length > 0) return worstExitCode(failures.map(({ report }) => report.exitCode));
  return comparisons.every(({ isEqual }) => isEqual) ? EXIT_OK : EXIT_FINDINGS;
}

/** Throws UserError if a source has no times; otherwise the two would count as equal. */
function refuseUntimed(sides: readonly (readonly Outline[])[]): void {
  for (const outlines of sides) {
    const [first] = outlines;
    if (first === undefined || outlines.some(({ report }) => report.timing !== null)) continue;
    throw new UserError(
      `${nameOfStream(first.report)} has no times to compare`,
      "compare live streams, or captures with their FILE.timing: --record writes it",
    );
  }
}

/** A side that could not be compared: not a stream, or not read to its end. */
interface Failure {
  readonly side: "a" | "b";
  readonly report: Report;
}

function failuresOf(a: Outline | null, b: Outline | null): readonly Failure[] {
  return [{ side: "a", report: a?.report } as const, { side: "b", report: b?.report } as const].filter(
    (side): side is Failure => side.report !== undefined && isFailure(side.report),
  );
}

function isFailure({ exitCode, verdict }: Report): boolean {
  return exitCode === EXIT_USAGE || isSourceVerdict(verdict);
}

function wordsFor({ verdict, error }: Report): string {
  return error === null ? verdict : `${verdict}: ${describeError(error)}`;
}

async function outlinesOf(name: string, options: DiffArguments, io: Io, pages: Pages): Promise<Outline[]> {
  const outlines: Outline[] = [];
  const showing = {
    view: outlining((outline) => outlines.push(outline)),
    options: { channels: new Set<never>(), source: null, isOneOfMany: false },
    page: { ...pages.stdout, flush: async () => {} },
  };
  const reading = { ...readingOptions(options), rules: defaultRules(options) };
  const join = joinAsAsked(options, pages, io.clock, true);
  const { error } = await readSource(name, sourceContext(options, io, pages), reading, showing, io.interrupt, join);
  if (error !== null) throw error;
  return outlines;
}

function examples(): readonly Example[] {
  return [
    { command: "ssescope diff yesterday.sse today.sse", meaning: "print how two captures differ" },
    {
      command: "ssescope diff --only structure recorded.sse \\\n  http://127.0.0.1:8000/v1/responses -d @request.json",
      meaning: "compare a capture with a live stream",
    },
    { command: "ssescope diff --json a.sse b.sse | jq .differences", meaning: "print the differences as JSON" },
  ];
}

async function helpSections(): Promise<readonly HelpSection[]> {
  return [
    {
      title: "What is compared",
      text:
        "Events and their fields, text, usage and verdict. Ids, padding and the places where deltas are cut are not " +
        "compared. If both streams have times, notable differences are printed: at least a quarter, and 50 ms (10 ms " +
        "for a median gap). They do not make streams different unless --only names times.",
    },
    {
      title: "Exit codes",
      text: "If one of the streams could not be read, the exit code is that of its verdict.",
      rows: [
        [String(EXIT_OK), "the streams are equal"],
        [String(EXIT_FINDINGS), "the streams differ"],
        [String(EXIT_USAGE), "a source cannot be read"],
        ...verdicts
          .filter(isSourceVerdict)
          .map((verdict) => [String(verdictTable[verdict].exitCode), verdict] as const),
      ],
    },
  ];
}

export const diffCommand: CommandDefinition<typeof allOptions> = {
  operands: [
    { form: "<a>", summary: "the first stream: a path, - for stdin, or a URL", completes: "paths" },
    { form: "<b>", summary: "the second stream, to compare with the first", completes: "paths" },
  ],
  options: allOptions,
  usualOptions: ["only", "strict", "json", "quiet", "data", "bearer-env"],
  examples,
  sections: helpSections,
  run: ([a = "", b = ""], options, { io, pages }) => compareSources([a, b], options, io, pages),
};
