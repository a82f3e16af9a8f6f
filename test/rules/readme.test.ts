// The rules' page is made of their own texts. After a change of one, SSESCOPE_RENEW=1 writes it anew.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { allFamilies } from "../../src/check/all-rules.ts";
import { profiles } from "../../src/rules/profiles.ts";
import { severityOf } from "../../src/rules/policy.ts";
import type { Rule } from "../../src/rules/rule.ts";

const PAGE = fileURLToPath(new URL("../../src/rules/README.md", import.meta.url));
const EXAMPLES = readdirSync(new URL("../../fixtures/rules/", import.meta.url));
const IS_EXPECTED = /\.(?:facts\.ndjson|report\.json)$/;

function render(): string {
  const count = allFamilies.reduce((sum, { rules }) => sum + rules.length, 0);
  return [
    "# The rules",
    "",
    `${count} rules, by family: one file each in this folder, a literal list in [index.ts](index.ts); those of the outcome are in [../check/outcome-rules.ts](../check/outcome-rules.ts). \`ssescope rules\` lists them, \`ssescope rules <id>\` explains one. This page is made of the same texts, by \`SSESCOPE_RENEW=1 npx vitest run test/rules/readme.test.ts\`.`,
    "",
    "Severities are those of the profiles:",
    "",
    ...profiles.map(({ name, title }) => `- \`${name}\`: ${title}`),
    "",
    ...allFamilies.flatMap(({ name, dialects, rules }) => {
      const of = dialects === null ? [] : [`Of ${dialects.map((dialect) => `\`${dialect}\``).join(", ")}.`, ""];
      return [`## ${name}`, ""].concat(of, rules.flatMap(renderRule));
    }),
  ].join("\n");
}

function renderRule(rule: Rule): string[] {
  const severities = profiles.map(({ name }) => severityOf(rule, { profile: name, overrides: new Map() }));
  const words = new Set(severities);
  const shown =
    words.size === 1
      ? (severities[0] ?? "")
      : profiles.map(({ name }, index) => `${severities[index]} (${name})`).join(", ");
  const example = EXAMPLES.find((file) => file.startsWith(`${rule.id}.`) && !IS_EXPECTED.test(file));
  const link = example === undefined ? "" : ` [Example](../../fixtures/rules/${example}).`;
  return [`### ${rule.id}`, "", `${rule.meaning} **${capitalize(shown)}.**${link}`, "", rule.why, "", rule.remedy, ""];
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

test("the page of the rules says what the rules say", () => {
  const rendered = `${render().trimEnd()}\n`;
  if (process.env["SSESCOPE_RENEW"] === "1") writeFileSync(PAGE, rendered);
  expect(readFileSync(PAGE, "utf8")).toBe(rendered);
});
