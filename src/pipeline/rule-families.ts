// Every family of rules that watches streams: those for every dialect, then those of each protocol.
import { dialects } from "../dialects/index.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { generalFamilies } from "../rules/index.ts";
import type { RuleFamily } from "../rules/rule.ts";
import type { ListedFamily } from "../rules/watch.ts";

/** In the order in which `ssescope rules` lists them, and in which they are asked about an event. */
export const ruleFamilies: readonly ListedFamily[] = [
  ...generalFamilies.map(listForAll),
  ...dialects.flatMap(({ name, rules }: Dialect) =>
    rules
      .filter((family) => dialectsWith(family)[0] === name)
      .map((family) => ({ family, protocol: name, dialects: dialectsWith(family) })),
  ),
];

/** Protocols may share a family: it is listed once, with the first of them. */
function dialectsWith(family: RuleFamily): readonly string[] {
  return dialects.filter(({ rules }: Dialect) => rules.includes(family)).map(({ name }) => name);
}

function listForAll(family: RuleFamily): ListedFamily {
  const { concerns } = family;
  return {
    family,
    protocol: null,
    dialects: concerns === undefined ? null : dialects.filter(concerns).map(({ name }) => name),
  };
}
