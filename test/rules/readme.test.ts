// The page of the rules is generated from their texts. After a change, `npx vitest run test/rules/readme.test.ts -u`
// updates it.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { allFamilies, type DescribedFamily } from "../../src/check/all-rules.ts";
import { profiles } from "../../src/rules/profiles.ts";
import { severityOf } from "../../src/rules/policy.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { examples } from "./support/examples.ts";

const PAGE = fileURLToPath(new URL("../../src/rules/README.md", import.meta.url));

function render(): string {
  const count = allFamilies().reduce((sum, { rules }) => sum + rules.length, 0);
  return [
    "# The rules",
    "",
    `There are ${count} rules, grouped in families. Rules for every protocol are in [general/](general), rules of one protocol in its folder under [../dialects/](../dialects), and rules about the outcome in [../check/outcome-rules.ts](../check/outcome-rules.ts). \`ssescope rules\` lists them, and \`ssescope rules <id>\` explains one. \`npm run generate\` generates this page from their texts.`,
    "",
    "The profile sets the severity of each rule:",
    "",
    ...profiles.map(({ name, title }) => `- \`${name}\`: ${title}`),
    "",
    ...[...new Set(allFamilies().map(({ protocol }) => protocol))].flatMap(renderGroup),
  ].join("\n");
}

function renderGroup(protocol: string | null): string[] {
  const families = allFamilies().filter((family) => family.protocol === protocol);
  return [`## ${protocol === null ? "General rules" : `Rules of ${protocol}`}`, "", ...families.flatMap(renderFamily)];
}

function renderFamily({ name, protocol, dialects, rules }: DescribedFamily): string[] {
  const isForSome = dialects !== null && protocol === null;
  const of = isForSome ? [`For ${dialects.map((dialect) => `\`${dialect}\``).join(", ")}.`, ""] : [];
  return [`### ${name}`, ""].concat(of, rules.flatMap(renderRule));
}

function renderRule(rule: Rule): string[] {
  const severities = profiles.map(({ name }) => severityOf(rule, { profile: name, overrides: new Map() }));
  const words = new Set(severities);
  const shown =
    words.size === 1
      ? (severities[0] ?? "")
      : profiles.map(({ name }, index) => `${severities[index]} (${name})`).join(", ");
  const links = examples
    .filter(({ id }) => id === rule.id)
    .map(({ kind, name }) => `[${kind}](../../fixtures/rules/${name})`);
  return [
    `#### ${rule.id}`,
    "",
    `${rule.meaning} **${capitalize(shown)}.**`,
    "",
    rule.why,
    "",
    rule.remedy,
    "",
    rule.noExample ?? `Examples: ${links.join(", ")}.`,
    "",
  ];
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

test("the page of the rules matches the rules", async () => {
  await expect(`${render().trimEnd()}\n`).toMatchFileSnapshot(PAGE);
});
