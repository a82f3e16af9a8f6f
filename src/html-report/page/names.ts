// What streams are called in the list: without what all of them have in common, which would push out what tells them apart.
import type { ListedStream } from "./listed-stream.ts";
import { splitName } from "./grouping.ts";

export interface ShownName {
  /** With the slash at its end; empty if it goes without saying. */
  readonly folder: string;
  readonly base: string;
}

/** A shorter name fits as it is. */
const LONG_BASE = 28;
/** Less is not worth a gap. */
const SHORTEST_CUT = 8;
/** Of two, what they share may well be what they are about. */
const LEAST_ALIKE = 3;

/** By source. */
export function shownNames(streams: readonly ListedStream[]): ReadonlyMap<string, ShownName> {
  const split = new Map(streams.map(({ source }) => [source, splitName(source)]));
  const folders = [...split.values()].map(({ folder }) => folder);
  const sharedFolder = split.size < 2 ? "" : sharedStart(folders, /[/\\][^/\\]*$/);
  const basesOf = new Map<string, string[]>();
  for (const { folder, base } of split.values()) {
    const bases = basesOf.get(folder);
    if (bases === undefined) basesOf.set(folder, [base]);
    else bases.push(base);
  }
  const sharedBases = new Map([...basesOf].map(([folder, bases]) => [folder, sharedBase(bases)]));
  return new Map(
    [...split].map(([source, { folder, base }]) => {
      const cut = sharedBases.get(folder) ?? 0;
      return [source, { folder: folder.slice(sharedFolder.length), base: cut === 0 ? base : `…${base.slice(cut)}` }];
    }),
  );
}

/** How much of the names in one folder is left out. */
function sharedBase(bases: readonly string[]): number {
  if (bases.length < LEAST_ALIKE || bases.every(({ length }) => length <= LONG_BASE)) return 0;
  const { length } = sharedStart(bases, /[-_. ][^-_. ]*$/);
  return length < SHORTEST_CUT ? 0 : length;
}

/** What all texts begin with, up to its last separator; `separator`: it, and what follows it up to the end. */
function sharedStart(texts: readonly string[], separator: RegExp): string {
  const [first = "", ...others] = texts;
  let length = first.length;
  for (const text of others) {
    let same = 0;
    while (same < length && text[same] === first[same]) same += 1;
    length = same;
  }
  const start = first.slice(0, length);
  return start.slice(0, start.search(separator) + 1);
}
