// Aligns two sequences of steps; returns steps that only one has, and fields that differ in common steps.
import { type ArrayChange, diffArrays } from "diff";
import type { Difference } from "./difference.ts";
import { pairs } from "./pairs.ts";
import type { Step } from "./step.ts";

/** The limit on differing steps for alignment, whose cost grows with their square. */
const MOST_EDITS = 2000;

export interface StructureOptions {
  /** Also compare the number of deltas. */
  readonly strict: boolean;
}

export function compareStructure(
  a: readonly Step[],
  b: readonly Step[],
  { strict }: StructureOptions,
): readonly Difference[] {
  const labelsOfA = a.map(({ label }) => label);
  const labelsOfB = b.map(({ label }) => label);
  const changes = diffArrays(labelsOfA, labelsOfB, { maxEditLength: MOST_EDITS });
  if (changes === undefined) return [tooDifferent(a, b)];
  return walk(changes, a, b, strict);
}

function* steps(changes: readonly ArrayChange<string>[]): Generator<"both" | "a" | "b"> {
  for (const { added, removed, count } of changes) {
    for (let index = 0; index < count; index += 1) yield added ? "b" : removed ? "a" : "both";
  }
}

function walk(
  changes: readonly ArrayChange<string>[],
  a: readonly Step[],
  b: readonly Step[],
  strict: boolean,
): Difference[] {
  const differences: Difference[] = [];
  let [atA, atB] = [0, 0];
  for (const side of steps(changes)) {
    const inA = side === "b" ? undefined : a[atA++];
    const inB = side === "a" ? undefined : b[atB++];
    if (inA === undefined || inB === undefined) differences.push(eventDifference(inA ?? null, inB ?? null));
    else {
      if (strict && inA.count !== inB.count) differences.push(eventDifference(inA, inB));
      differences.push(...fieldDifferences(inA, inB));
    }
  }
  return differences;
}

function eventDifference(a: Step | null, b: Step | null): Difference {
  return {
    section: "structure",
    what: "event",
    a: a === null ? null : describe(a),
    b: b === null ? null : describe(b),
    aEvent: a?.event ?? null,
    bEvent: b?.event ?? null,
  };
}

function describe({ label, count }: Step): string {
  return count === 1 ? label : `${label}  ×${count}`;
}

function fieldDifferences(a: Step, b: Step): Difference[] {
  if (a.shape === b.shape) return [];
  const [inA, inB] = [a.shape.split(" "), b.shape.split(" ")];
  return [
    {
      section: "structure",
      what: `fields of ${a.label}`,
      a: without(inA, inB),
      b: without(inB, inA),
      aEvent: a.event,
      bEvent: b.event,
    },
  ];
}

/** The fields that the others lack; null: none. */
function without(fields: readonly string[], others: readonly string[]): string | null {
  const known = new Set(others);
  return fields.filter((field) => !known.has(field)).join(", ") || null;
}

/** Reports only the first difference. */
function tooDifferent(a: readonly Step[], b: readonly Step[]): Difference {
  const [inA, inB] = pairs(a, b).find(([inA, inB]) => inA?.label !== inB?.label) ?? [null, null];
  return { ...eventDifference(inA, inB), what: "event; the events after it differ too much to be aligned" };
}
