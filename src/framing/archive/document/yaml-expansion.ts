// The size of YAML with its aliases replaced by their values (YAML 1.2.2, 7.1).
import type * as Yaml from "yaml";

/**
 * The total number of characters that the aliases of a document expand to: each use of an alias counts, and aliases
 * within its value count too.
 */
export function expansionOf({ isAlias, visit }: typeof Yaml, document: Yaml.Document): number {
  /** An anchor comes before its aliases, and may be redefined. */
  const anchors = new Map<string, Yaml.Node>();
  /** The places of the aliases, in order, and the expanded size of all aliases up to each. */
  const aliases: { readonly at: number; readonly sum: number }[] = [];
  const sumBefore = (at: number): number => aliases[countBefore(aliases, at) - 1]?.sum ?? 0;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
        return;
      }
      const [start, end] = anchors.get(node.source)?.range ?? [0, 0];
      const size = end - start + sumBefore(end) - sumBefore(start);
      aliases.push({ at: node.range?.[0] ?? 0, sum: (aliases.at(-1)?.sum ?? 0) + size });
    },
  });
  return aliases.at(-1)?.sum ?? 0;
}

/** How many of the sorted places are before `at`. */
function countBefore(places: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
