// Counts files in folders that were not read, and says how many there are.
import { countOf } from "../wording/counts.ts";
import { describeFiles } from "../wording/file-kinds.ts";
import type { SkippedFiles } from "./statistics.ts";

export interface SkippedCounts {
  /** `skipped`: how many files of each extension. */
  add(skipped: ReadonlyMap<string, number>, folder: string): void;
  sum(): SkippedFiles;
}

const MOST_FOLDERS = 10;
const MOST_EXTENSIONS = 10;

export function countSkipped(): SkippedCounts {
  const counts = new Map<string, number>();
  const folders: string[] = [];
  let total = 0;
  return {
    add(skipped, folder) {
      if (folders.length < MOST_FOLDERS) folders.push(folder);
      for (const [extension, count] of skipped) {
        total += count;
        counts.set(extension, (counts.get(extension) ?? 0) + count);
      }
    },
    sum() {
      const sorted = [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST_EXTENSIONS);
      return { count: total, folders, extensions: sorted.map(([extension, count]) => ({ extension, count })) };
    },
  };
}

export const NONE_SKIPPED: SkippedFiles = { count: 0, folders: [], extensions: [] };

/**
 * `skipped 3 files (2 .md, 1 .json) in captures/: …; to read them, give their names or a pattern`; null if there are
 * none. Untrusted text.
 */
export function describeSkippedFiles({ count, folders, extensions }: SkippedFiles): string | null {
  if (count === 0) return null;
  const files = describeFiles(
    extensions.map((each) => [each.extension, each.count]),
    count,
  );
  const [folder = ""] = folders;
  const where = folders.length === 1 ? folder : countOf(folders.length, "folder");
  return `skipped ${files} in ${where}: not captures by their names; to read them, give their names or a pattern`;
}
