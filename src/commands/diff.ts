// `ssescope diff A B`: two streams, held against each other.
import { type Command, InvalidArgumentError, Option } from "commander";
import { compare, type Outline, outlining } from "../diff/compare.ts";
import { sections, type Section } from "../diff/difference.ts";
import { pairs } from "../diff/pairs.ts";
import { showComparison } from "../diff/show.ts";
import { EXIT_FINDINGS, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE, worstExitCode } from "../model/exit-codes.ts";
import { isSourceVerdict, verdicts, verdictTable } from "../model/verdict.ts";
import type { Io } from "../io.ts";
import type { Report } from "../model/report.ts";
import { DEFAULT_POLICY } from "../rules/policy.ts";
import { colorPage } from "../terminal/color.ts";
import { type Pages, tell } from "../terminal/pages.ts";
import { describeError } from "../wording/stream-error.ts";
import { nameOfStream } from "../wording/stream-name.ts";
import { joinAsAsked } from "./join-as-asked.ts";
import { addReadingOptions, type ReadingArguments, readingOptions } from "./options.ts";
import { checkSources } from "./check-sources.ts";
import { readSource } from "./read-source.ts";
import { addUrlOptions, sourceContext, type UrlArguments } from "./url-options.ts";

interface DiffArguments extends ReadingArguments, UrlArguments {
  readonly json?: true;
  readonly quiet?: true;
  readonly strict?: true;
  readonly only?: ReadonlySet<Section>;
}

const OWN_CODES = verdicts
  .filter(isSourceVerdict)
  .map((verdict) => `${verdictTable[verdict].exitCode} ${verdict}`)
  .join(", ");

const NOTES = `
Ids, times, padding and where deltas are cut are not compared. The exit code says
whether the streams differ: ${EXIT_OK} equal, ${EXIT_FINDINGS} different. If one of them could not be read as a
stream, its own exit code decides: ${EXIT_USAGE} unreadable, ${OWN_CODES}.

Examples:
  ssescope diff yesterday.sse today.sse
  ssescope diff --only structure recorded.sse http://127.0.0.1:8000/v1/responses -d @request.json
  ssescope diff --json a.sse b.sse | jq .differences`;

/** Makes `command` the comparison; `onExitCode` is told how it ended. */
export function addDiffCommand(command: Command, io: Io, pages: Pages, onExitCode: (code: number) => void): void {
  command
    .option("--json", "the comparison as JSON, one a line for each pair of streams")
    .option("-q, --quiet", "do not say what differs; the exit code tells")
    .option("--strict", "how often a delta comes is compared too")
    .addOption(
      new Option("--only <sections>", `what is compared, separated by commas: ${sections.join(", ")}`).argParser(
        parseSections,
      ),
    );
  addUrlOptions(addReadingOptions(command))
    .argument("<a>", "a path, - for standard input, or an http(s) URL")
    .argument("<b>", "the other one")
    .addHelpText("after", NOTES)
    .action(async (a: string, b: string, options: DiffArguments) => {
      onExitCode(await compareSources([a, b], options, io, pages));
    });
}

/** Throws UserError where a source cannot be read. */
async function compareSources(
  names: readonly [string, string],
  options: DiffArguments,
  io: Io,
  pages: Pages,
): Promise<number> {
  for (const page of [pages.stdout, pages.stderr]) await colorPage(page, options.color || "never", io.env);
  checkSources(names, options);
  const [a, b] = [await outlinesOf(names[0], options, io, pages), await outlinesOf(names[1], options, io, pages)];
  if (io.interrupt.aborted) return EXIT_INTERRUPTED;
  const comparisons = compare(a, b, {
    strict: options.strict === true,
    sections: options.only ?? new Set(sections),
  });
  const failed = pairs(a, b).map(([inA, inB]) => failuresOf(inA, inB));
  for (const [index, comparison] of comparisons.entries()) {
    // That two failures are alike is no news.
    const isNews = !comparison.isEqual || failed[index]?.length === 0;
    if (options.json) pages.stdout.writeJson(comparison);
    else if (options.quiet !== true && isNews) showComparison(pages.stdout, comparison);
  }
  const failures = failed.flat();
  for (const { side, report } of failures) tell(`${side}, ${nameOfStream(report)}: ${wordsFor(report)}`, pages);
  if (failures.length > 0) return worstExitCode(failures.map(({ report }) => report.exitCode));
  return comparisons.every(({ isEqual }) => isEqual) ? EXIT_OK : EXIT_FINDINGS;
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
  const reading = { ...readingOptions(options), rules: DEFAULT_POLICY };
  const join = joinAsAsked(options, pages, true);
  const { error } = await readSource(name, sourceContext(options, io, pages), reading, showing, io.interrupt, join);
  if (error !== null) throw error;
  return outlines;
}

function parseSections(value: string): ReadonlySet<Section> {
  return new Set(
    value.split(",").map((name) => {
      const known = sections.find((section) => section === name.trim());
      if (known === undefined) throw new InvalidArgumentError(`Sections are ${sections.join(", ")}.`);
      return known;
    }),
  );
}
