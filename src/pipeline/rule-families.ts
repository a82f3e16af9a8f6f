// Every family of rules that watches streams: the general ones, then those of each protocol.
import { allDialects } from "../dialects/all-dialects.ts";
import { dialects } from "../dialects/index.ts";
import type { DialectTraits } from "../model/dialect-traits.ts";
import { generalFamilies } from "../rules/index.ts";
import type { RuleFamily } from "../rules/rule.ts";

/** A family, and the streams that it is for. */
export interface ListedFamily {
  readonly family: RuleFamily;
  /** The dialect that defines it; null for a general family. */
  readonly protocol: string | null;
  /** The dialects that it watches; null: all. */
  readonly dialects: readonly string[] | null;
}

/**
 * The families that watch a stream of a dialect, in the order in which they get each event; null: those that watch any
 * stream.
 */
export function familiesOf(dialect: DialectTraits | null): readonly RuleFamily[] {
  const general = generalFamilies.filter(
    ({ concerns }) => concerns === undefined || (dialect !== null && concerns(dialect)),
  );
  const own = dialects.find(({ name }) => name === dialect?.name)?.load().rules ?? [];
  return [...general, ...own];
}

let listed: readonly ListedFamily[] | null = null;

/** All families, in the order of `ssescope rules`. Loads all dialects. */
export function ruleFamilies(): readonly ListedFamily[] {
  listed ??= [...generalFamilies.map(listForAll), ...listForDialects()];
  return listed;
}

function listForAll(family: RuleFamily): ListedFamily {
  const { concerns } = family;
  return {
    family,
    protocol: null,
    dialects:
      concerns === undefined
        ? null
        : allDialects()
            .filter(concerns)
            .map(({ name }) => name),
  };
}

/** Protocols may share a family, which is listed once, with the first of them. */
function listForDialects(): readonly ListedFamily[] {
  const namesByFamily = new Map<RuleFamily, string[]>();
  for (const { name, rules } of allDialects()) {
    for (const family of rules) namesByFamily.set(family, [...(namesByFamily.get(family) ?? []), name]);
  }
  return [...namesByFamily].map(([family, names]) => ({ family, protocol: names[0] ?? null, dialects: names }));
}
