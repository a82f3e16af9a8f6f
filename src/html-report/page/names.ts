// Shortens stream names in the list: removes the common beginning, which would hide the differences.
import type { ListedStream } from "./listed-stream.ts";
import { splitName } from "./grouping.ts";

export interface ShownName {
  /** With the slash at its end; empty if all streams share it. */
  readonly folder: string;
  readonly base: string;
}

/** Shorter names fit as they are. */
const LONG_BASE = 28;
/** A shorter common beginning is not removed. */
const SHORTEST_CUT = 8;
/** With fewer names, the common beginning may be the meaningful part. */
const LEAST_ALIKE = 3;

/** The names, keyed by source. */
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

/** The length of the common beginning of the names in one folder that is removed. */
function sharedBase(bases: readonly string[]): number {
  if (bases.length < LEAST_ALIKE || bases.every(({ length }) => length <= LONG_BASE)) return 0;
  const { length } = sharedStart(bases, /[-_. ][^-_. ]*$/);
  return length < SHORTEST_CUT ? 0 : length;
}

/**
 * The common beginning of all texts, up to its last separator; `separator` matches a separator and the text after it.
 */
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
