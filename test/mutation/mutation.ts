// The contract of mutations. They are in `mutations/`, one file for each sort of fault, collected in `mutations/index.ts`.
import { alter, replace } from "./edits.ts";
import type { Path } from "./json.ts";
import type { Random } from "./random.ts";
import type { Specimen } from "./specimen.ts";
import type { Frame } from "./stream.ts";

/** One sort of fault. */
export interface Mutation {
  /** What happens to the stream. */
  readonly name: string;
  /** The places of a stream at which it shows: where nobody could see it, is none. */
  readonly places: (specimen: Specimen) => readonly Plant[];
  /** Rules that may find something else because of it. */
  readonly also?: readonly string[];
  /** Where not all are found: the share that is, from 0 to 1, at least, and why. */
  readonly bound?: { readonly share: number; readonly because: string };
}

/** Plants the fault at one place. */
export type Plant = (random: Random) => Planted;

export interface Planted {
  readonly frames: readonly Frame[];
  /** One of these has to be found. */
  readonly sightings: readonly Sighting[];
}

/** A finding that is demanded. */
export interface Sighting {
  /** Null: a finding of any rule, for no rule watches for this fault. */
  readonly rule: string | null;
  /** The frame, of those that are planted, at whose event it has to be. */
  readonly at: Frame;
}

/** Demands one rule at one frame. Throws where the frame is not there. */
export function planted(frames: readonly Frame[], rule: string | null, at: Frame | undefined): Planted {
  if (at === undefined || !frames.includes(at)) throw new Error(`${rule} is demanded where there is no event`);
  return { frames, sightings: [{ rule, at }] };
}

/** Alters the payload of one event, and demands a rule there, or at another event. */
export function plantIn(
  { frames }: Specimen,
  frame: Frame,
  path: Path,
  value: unknown,
  rule: string | null,
  at: Frame | null = null,
): Plant {
  return () => {
    const altered = alter(frame, path, value);
    return planted(replace(frames, frame, altered), rule, at ?? altered);
  };
}

/** What rules may say besides where an event is not there, cannot be read, or is not where it belongs. */
export const CONSEQUENCES_OF_LOSS: readonly string[] = [
  "content-index-order",
  "delta-mismatch",
  "delta-without-done",
  "done-without-delta",
  "item-not-added",
  "item-not-done",
  "output-index-order",
  "part-mismatch",
  "terminal-output-mismatch",
];
