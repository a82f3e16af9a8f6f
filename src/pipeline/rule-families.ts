// Every family of rules that watches streams: those for every dialect, then those of each protocol.
import { dialects } from "../dialects/index.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { generalFamilies } from "../rules/index.ts";
import type { RuleFamily } from "../rules/rule.ts";
import type { ListedFamily } from "../rules/watch.ts";

/** The dialects that bring a family. Protocols may share one: it is listed once, with the first of them. */
const dialectsByFamily = new Map<RuleFamily, string[]>();
for (const { name, rules } of dialects satisfies readonly Dialect[]) {
  for (const family of rules) dialectsByFamily.set(family, [...(dialectsByFamily.get(family) ?? []), name]);
}

/** In the order in which `ssescope rules` lists them, and in which they are asked about an event. */
export const ruleFamilies: readonly ListedFamily[] = [
  ...generalFamilies.map(listForAll),
  ...[...dialectsByFamily].map(([family, names]) => ({ family, protocol: names[0] ?? null, dialects: names })),
];

function listForAll(family: RuleFamily): ListedFamily {
  const { concerns } = family;
  return {
    family,
    protocol: null,
    dialects: concerns === undefined ? null : dialects.filter(concerns).map(({ name }) => name),
  };
}
