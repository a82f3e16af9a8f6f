// The contract of a parsed document: its values, and where each of them is in the file.
import type { InputPlace } from "../../lines.ts";

/** The way to a value: keys and indexes, from its root on. */
export type Path = readonly (string | number)[];

export interface ParsedDocument {
  /** The values at the top: one, or in YAML one for each document. */
  readonly roots: readonly unknown[];
  /** Finds the places of values; the first step of a path is the index of its root. */
  findPlaces(paths: readonly Path[]): FindPlace;
}

/** Gives the place of a value, by its path; null if it is not known. */
export type FindPlace = (path: Path) => ValuePlace | null;

export interface ValuePlace {
  readonly place: InputPlace;
  /** Where the lines begin of the text that the value is; of another value, where it begins. */
  lines(): readonly InputPlace[];
}
