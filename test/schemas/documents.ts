// What the published schemas describe: a property for each `src/schemas/NAME.schema.json`. Its comment is the description of
// the document, its type is the source of the rest.
import type { TimingLine } from "../../src/sources/timed/timing-file.ts";
import type { ConfigFile } from "../../src/check/config.ts";
import type { Comparison } from "../../src/diff/difference.ts";
import type { Fact } from "../../src/model/facts.ts";
import type { WireRecord } from "../../src/model/wire.ts";
import type { Report } from "../../src/model/report.ts";
import type { Statistics } from "../../src/stats/statistics.ts";
import type { CheckDocument, CheckRecord } from "../../src/reporters/record.ts";
import type { FactPlace } from "../../src/views/facts.ts";
import type { SourceName } from "../../src/views/view.ts";

export interface Documents {
  /**
   * Everything known of one stream at its end: `--format report`, and the last line of `--format facts`. A number that the
   * stream did not report is null, never 0 and never estimated. Closed, as this version prints it: later versions may add
   * keys under the same `schema`, so a reader should let unknown ones pass.
   * @title ssescope report
   */
  readonly report: Report;
  /**
   * A line of `--format facts`: a fact that the dialect read from an event, in input order. The last line of a source is its
   * report.
   * @title ssescope facts record
   */
  readonly facts: Fact | Report;
  /**
   * A line of `--format wire`: what the SSE parser saw (WHATWG HTML 9.2), nothing interpreted. The last line of a source is
   * its `end` record.
   * @title ssescope wire record
   */
  readonly wire: WireRecord;
  /**
   * What `ssescope check` found: a line of `--reporter ndjson`, which is one stream; or the document of `--reporter json`,
   * which contains the same records of all streams. Closed, as this version prints it: later versions may add keys under the
   * same `schema`, so a reader should let unknown ones pass.
   * @title ssescope check
   */
  readonly check: CheckDocument | CheckRecord;
  /**
   * Two streams compared: `ssescope diff --json`, one line for each pair of streams. Ids, padding and where deltas are cut are not
   * compared; times are, but do not make streams different unless asked for.
   * @title ssescope diff
   */
  readonly diff: Comparison;
  /**
   * What many streams come to: `ssescope stats --json`. A number that nothing was measured or reported of is null. Closed, as
   * this version prints it: later versions may add keys under the same `schema`, so a reader should let unknown ones pass.
   * @title ssescope statistics
   */
  readonly stats: Statistics;
  /**
   * What `ssescope check` demands of a project's streams: the file ssescope.config.json, or the key ssescope of package.json.
   * Command-line options take precedence; expectations of both apply.
   * @title ssescope config
   */
  readonly config: ConfigFile;
  /**
   * One line of `FILE.timing`, which `--record FILE` writes beside a capture: first a header, then a line for each chunk, last
   * how it ended. A recording that was killed lacks the end, and maybe half of a line.
   * @title ssescope timing
   */
  readonly timing: TimingLine;
}

/**
 * What a view adds to every record of a union, by the union's name. The generator reads it.
 * @public
 */
export interface Additions {
  readonly Fact: FactPlace;
  readonly WireRecord: SourceName;
}

/** Documents that refer to definitions of the report's schema; the others stand alone. */
export const refersToReport: ReadonlySet<string> = new Set<keyof Documents>(["facts", "check"]);
