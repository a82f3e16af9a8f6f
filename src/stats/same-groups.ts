// Matches groups of two sides with the same values; paths are relative to the common folder of a side.
import type { Collection } from "./collect.ts";
import type { Group } from "./group.ts";

/** Keys whose values are paths; each side has its own folder. */
const PATHS: ReadonlySet<string> = new Set(["folder", "source"]);

/** A group, with its values in the form common to both sides. */
export interface NamedGroup {
  readonly values: readonly (string | null)[];
  readonly group: Group;
}

/** The groups of one side, by name. */
export type NamedGroups = ReadonlyMap<string, NamedGroup>;

/** The groups of both sides, by a name that is the same for groups to compare. Both sides have the same keys. */
export function groupsByName(before: Collection, after: Collection): readonly [NamedGroups, NamedGroups] {
  const keys = before.keys.map(({ name }) => name);
  const sides = [before, after].map((side) => keys.map((key, index) => foldersOf(side, key, index)));
  const [ofBefore = [], ofAfter = []] = sides;
  return [named(before, lengthsOf(ofBefore, ofAfter)), named(after, lengthsOf(ofAfter, ofBefore))];
}

/** The folders in a key of paths, which may be equal; null for other keys. */
type Folders = readonly (readonly string[])[] | null;

function foldersOf(side: Collection, key: string, index: number): Folders {
  if (!PATHS.has(key)) return null;
  const paths = side.groups().flatMap(({ values }) => values[index] ?? []);
  // The name of a file is not a folder.
  return paths.map(partsOf).map((parts) => (key === "source" ? parts.slice(0, -1) : parts));
}

/** For each key, how many leading parts of its paths are left out. */
function lengthsOf(own: readonly Folders[], others: readonly Folders[]): readonly number[] {
  return own.map((folders, index) => {
    if (folders === null) return 0;
    const common = commonLength(folders);
    const other = others[index] ?? [];
    // One side is a single folder, the other has several folders inside another one: the name may be one of theirs.
    const hasRoot = other.some(({ length }) => length === commonLength(other));
    return folders.every(({ length }) => length === common) && !hasRoot ? Math.max(common - 1, 0) : common;
  });
}

function named(side: Collection, lengths: readonly number[]): NamedGroups {
  return new Map(
    side.groups().map((group) => {
      const relative = group.values.map((value, index) => {
        const key = side.keys[index]?.name ?? "";
        return value === null || !PATHS.has(key) ? value : withoutParts(value, lengths[index] ?? 0);
      });
      // A folder that all files of a side share gets the name that the tables use.
      const values = relative.map((value, index) => (value === ROOT ? (group.values[index] ?? ROOT) : value));
      return [group.isRest ? "rest" : JSON.stringify(relative), { values, group }] as const;
    }),
  );
}

function partsOf(path: string): readonly string[] {
  return path.split(/[\\/]/);
}

function commonLength(paths: readonly (readonly string[])[]): number {
  const [first = [], ...others] = paths;
  const differing = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  return differing === -1 ? Math.min(...[first, ...others].map(({ length }) => length)) : differing;
}

/** The folder that all files of a side share. */
const ROOT = ".";

/** The rest of a path; ROOT if nothing is left. */
function withoutParts(path: string, count: number): string {
  return partsOf(path).slice(count).join("/") || ROOT;
}
