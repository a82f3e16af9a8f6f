// Describes files by their extensions.
import { countOf, formatCount } from "./counts.ts";

const MOST_NAMED = 3;

/** `3 files (2 .md, 1 .json)`, from the number of files of each extension, most frequent first. */
export function describeFiles(counts: readonly (readonly [extension: string, count: number])[], total: number): string {
  const named = counts.slice(0, MOST_NAMED).map(([extension, files]) => `${formatCount(files)} ${extension}`);
  return `${countOf(total, "file")} (${[...named, ...(counts.length > MOST_NAMED ? ["…"] : [])].join(", ")})`;
}
