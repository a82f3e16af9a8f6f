// Two streams in, their differences out: first structure, then text, usage and verdict, and times by themselves.
import type { Report } from "../model/report.ts";
import { TextBuffer } from "../model/text-buffer.ts";
import type { View } from "../views/view.ts";
import { countOf } from "../wording/counts.ts";
import { compareData, compareTexts, compareUsage, compareVerdicts } from "./responses.ts";
import { type Choice, type Comparison, DIFF_SCHEMA, type Difference, type Side, TIMES } from "./difference.ts";
import { pairs } from "./pairs.ts";
import { addStep, type Step } from "./step.ts";
import { compareStructure, type StructureOptions } from "./structure.ts";
import { compareTimes } from "./times.ts";

/** The parts of a stream that are compared. */
export interface Outline {
  readonly steps: readonly Step[];
  /** The data of events that no dialect reads, one per line. */
  readonly data: string;
  readonly report: Report;
}

/** The limit on data that is compared. */
const MOST_DATA = 16 * 1024 ** 2;

export interface CompareOptions extends StructureOptions {
  readonly sections: ReadonlySet<Choice>;
  /** Streams whose times differ notably are not equal. */
  readonly timesDecide: boolean;
}

/** A view that shows nothing and collects an outline; calls `onOutline` at the end of each stream. */
export function outlining(onOutline: (outline: Outline) => void): View {
  return {
    name: "outline",
    title: "nothing",
    hasSummary: false,
    create() {
      const steps: Step[] = [];
      const data = new TextBuffer(MOST_DATA);
      return {
        read(reading) {
          // The times of keep-alives are not part of the response.
          if (reading.facts.length > 0 && reading.facts.every(({ type }) => type === "keep-alive")) return;
          addStep(steps, reading);
          for (const fact of reading.facts) if (fact.type === "data-received") data.append(`${fact.data}\n`);
        },
        report: (report) => onOutline({ steps, data: data.toString(), report }),
      };
    },
  };
}

/** Compares the streams of two sources by their positions. */
export function compare(a: readonly Outline[], b: readonly Outline[], options: CompareOptions): readonly Comparison[] {
  return pairs(a, b).map(([inA, inB]) => compareStreams(inA, inB, options));
}

/** Null: that source has one stream fewer than the other. */
function compareStreams(a: Outline | null, b: Outline | null, options: CompareOptions): Comparison {
  const differences = a === null || b === null ? [missingStream(a, b)] : differencesOf(a, b, options);
  const isTimed = a !== null && b !== null && options.sections.has(TIMES);
  const times = isTimed ? compareTimes(a.report, b.report) : null;
  const areTimesEqual = !options.timesDecide || times?.measures.every(({ isNotable }) => !isNotable) !== false;
  const isEqual = differences.length === 0 && areTimesEqual;
  return { schema: DIFF_SCHEMA, a: sideOf(a), b: sideOf(b), isEqual, differences, times };
}

function missingStream(a: Outline | null, b: Outline | null): Difference {
  const place = { aEvent: null, bEvent: null };
  return { section: "structure", what: "stream", a: a && describe(a), b: b && describe(b), ...place };
}

function describe({ report: { events, verdict } }: Outline): string {
  return `${countOf(events, "event")}, ${verdict}`;
}

function differencesOf(a: Outline, b: Outline, options: CompareOptions): readonly Difference[] {
  const structure = options.sections.has("structure") ? compareStructure(a.steps, b.steps, options) : [];
  const others = [
    ...compareData(a.data, b.data),
    ...compareTexts(a.report, b.report),
    ...compareUsage(a.report, b.report),
    ...compareVerdicts(a.report, b.report),
  ];
  return [...structure, ...others.filter(({ section }) => options.sections.has(section))];
}

function sideOf(outline: Outline | null): Side | null {
  if (outline === null) return null;
  const { source, verdict, events } = outline.report;
  return { source, verdict, events };
}
