// The contract of a parsed document: its values, and where each one is in the file.
import type { InputPlace } from "../../lines.ts";

/** The path to a value: keys and indexes, from its root. */
export type Path = readonly (string | number)[];

export interface ParsedDocument {
  /** The top-level values: one, or one for each YAML document. */
  readonly roots: readonly unknown[];
  /** Finds the places of values; the first step of a path is the index of its root. */
  findPlaces(paths: readonly Path[]): FindPlace;
}

/** Gives the place of a value by its path; null if unknown. */
export type FindPlace = (path: Path) => ValuePlace | null;

export interface ValuePlace {
  readonly place: InputPlace;
  /** Where the lines of a text value start; for another value, where it starts. */
  lines(): readonly InputPlace[];
}
