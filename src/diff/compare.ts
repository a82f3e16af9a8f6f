// Two streams in, their differences out: structure first, then text, then usage and verdict.
import type { Report } from "../report/report.ts";
import { createTextBuffer } from "../text-buffer.ts";
import type { View } from "../views/view.ts";
import { compareData, compareTexts, compareUsage, compareVerdicts } from "./answers.ts";
import { type Comparison, DIFF_SCHEMA, type Difference, type Section, type Side } from "./difference.ts";
import { addStep, type Step } from "./step.ts";
import { compareStructure, type StructureOptions } from "./structure.ts";

/** A stream as far as it is compared. */
export interface Outline {
  readonly steps: readonly Step[];
  /** The data of events that no dialect reads, a line each. */
  readonly data: string;
  readonly report: Report;
}

/** More data than this is compared no further. */
const MOST_DATA = 16 * 1024 ** 2;

export interface CompareOptions extends StructureOptions {
  readonly sections: ReadonlySet<Section>;
}

/** A view that shows nothing and remembers what is compared; each stream that ends is given to `onOutline`. */
export function outlining(onOutline: (outline: Outline) => void): View {
  return {
    name: "outline",
    title: "nothing",
    hasSummary: false,
    create() {
      const steps: Step[] = [];
      const data = createTextBuffer(MOST_DATA);
      return {
        read(reading) {
          // When a server says that it is still there is not of the answer.
          if (reading.facts.length > 0 && reading.facts.every(({ type }) => type === "keep-alive")) return;
          addStep(steps, reading);
          for (const fact of reading.facts) if (fact.type === "data-received") data.append(`${fact.data}\n`);
        },
        end: (report) => onOutline({ steps, data: data.toString(), report }),
      };
    },
  };
}

/** Compares the streams of two sources by their positions. */
export function compare(a: readonly Outline[], b: readonly Outline[], options: CompareOptions): readonly Comparison[] {
  const comparisons: Comparison[] = [];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [inA, inB] = [a[index], b[index]];
    const either = inA ?? inB;
    if (either === undefined) continue;
    const differences =
      inA === undefined || inB === undefined ? [missingStream(inA, inB)] : differencesOf(inA, inB, options);
    comparisons.push({
      schema: DIFF_SCHEMA,
      a: sideOf(inA ?? emptyLike(a, either)),
      b: sideOf(inB ?? emptyLike(b, either)),
      isEqual: differences.length === 0,
      differences,
    });
  }
  return comparisons;
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

function sideOf({ report: { source, verdict, events } }: Outline): Side {
  return { source, verdict, events };
}

/** Where one source has a stream less: the other's name, and no events. */
function emptyLike(outlines: readonly Outline[], { report }: Outline): Outline {
  const source = outlines[0]?.report.source ?? report.source;
  return { steps: [], data: "", report: { ...report, source, verdict: "not-a-stream", events: 0 } };
}

function missingStream(a: Outline | undefined, b: Outline | undefined): Difference {
  const describe = (outline: Outline | undefined) =>
    outline && `${outline.report.events} events, ${outline.report.verdict}`;
  const place = { aEvent: null, bEvent: null };
  return { section: "structure", what: "stream", a: describe(a) ?? null, b: describe(b) ?? null, ...place };
}
