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

/** The groups of a side by the values that they share with the other side. */
export function groupsByName(collection: Collection): ReadonlyMap<string, NamedGroup> {
  const groups = collection.groups();
  const prefixes = collection.keys.map(({ name }, index) => {
    if (!PATHS.has(name)) return 0;
    const paths = groups.flatMap(({ values }) => values[index] ?? []).map(partsOf);
    // The name of a file is not a folder.
    return commonLength(name === "source" ? paths.map((parts) => parts.slice(0, -1)) : paths);
  });
  return new Map(
    groups.map((group) => {
      const values = group.values.map((value, index) => {
        const key = collection.keys[index]?.name ?? "";
        return value === null || !PATHS.has(key) ? value : withoutParts(value, prefixes[index] ?? 0);
      });
      return [group.isRest ? "rest" : JSON.stringify(values), { values, group }] as const;
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

/** The rest of a path; `.` if nothing is left. */
function withoutParts(path: string, count: number): string {
  return partsOf(path).slice(count).join("/") || ".";
}
