// Groups of two sides that are the same one: of the same values, paths counted from the folder that all of a side are in.
import type { Collection } from "./collect.ts";
import type { Group } from "./group.ts";

/** Keys whose values are paths; the two sides are in folders of their own. */
const PATHS: ReadonlySet<string> = new Set(["folder", "source"]);

/** A group, with its values as both sides have them. */
export interface NamedGroup {
  readonly values: readonly (string | null)[];
  readonly group: Group;
}

/** The groups of a side by what is the same on the other side. */
export function groupsByName(collection: Collection): ReadonlyMap<string, NamedGroup> {
  const groups = collection.groups();
  const prefixes = collection.keys.map(({ name }, index) => {
    if (!PATHS.has(name)) return 0;
    const paths = groups.flatMap(({ values }) => values[index] ?? []).map(partsOf);
    // The name of a file is no folder.
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

/** What is left of a path; `.` if that is nothing. */
function withoutParts(path: string, count: number): string {
  return partsOf(path).slice(count).join("/") || ".";
}
