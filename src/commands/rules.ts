// `ssescope rules [id]`: lists the rules, or explains one with an invalid and a valid stream.
import { suggest } from "../check/nearest.ts";
import { allFamilies, type DescribedFamily, RULES_HINT } from "../check/all-rules.ts";
import { UserError } from "../errors.ts";
import { EXIT_OK } from "../model/exit-codes.ts";
import type { Io } from "../io.ts";
import { profiles } from "../rules/profiles.ts";
import { severityOf } from "../rules/policy.ts";
import type { Rule } from "../rules/rule.ts";
import { preparePage } from "../terminal/prepare-page.ts";
import type { Page } from "../terminal/page.ts";
import { paintOfSeverity } from "../views/paints.ts";
import type { CommandDefinition, Example } from "./command.ts";
import { rulesOptions } from "./options/rules.ts";
import { asText, readExamples } from "./rule-examples.ts";

const SEVERITY_WIDTH = "warning".length + 2;

interface RuleOfFamily {
  readonly family: DescribedFamily;
  readonly rule: Rule;
}

const rules: readonly RuleOfFamily[] = allFamilies().flatMap((family) =>
  family.rules.map((rule) => ({ family, rule })),
);

/** Throws UserError for an unknown rule. */
function ruleNamed(id: string): RuleOfFamily {
  const found = rules.find(({ rule }) => rule.id === id);
  if (found !== undefined) return found;
  const ids = rules.map(({ rule }) => rule.id);
  throw new UserError(`there is no rule ${id}`, suggest(id, ids, RULES_HINT));
}

function list(page: Page): void {
  const width = Math.max(...rules.map(({ rule }) => rule.id.length));
  const groups = new Set(allFamilies().map(({ protocol }) => protocol));
  for (const group of groups) {
    page.write(group === null ? "General rules\n" : `\nRules of ${group}\n`, "strong");
    for (const family of allFamilies()) if (family.protocol === group) listFamily(family, width, page);
  }
}

/** `width` is that of the ids. */
function listFamily({ name, protocol, dialects, rules }: DescribedFamily, width: number, page: Page): void {
  page.write(`\n  ${name}`, "name");
  page.write(dialects === null || protocol !== null ? "\n" : `  ${dialects.join(", ")}\n`, "dim");
  for (const rule of rules) {
    const severity = severityOf(rule, { profile: profiles[0].name, overrides: new Map() });
    page.write("    ");
    page.write(severity.padEnd(SEVERITY_WIDTH), severity === "off" ? "dim" : paintOfSeverity[severity]);
    page.write(`${rule.id.padEnd(width)}  ${rule.meaning}\n`);
  }
}

function describe({ family, rule }: RuleOfFamily) {
  const { id, meaning, why, remedy } = rule;
  return {
    id,
    family: family.name,
    protocol: family.protocol,
    dialects: family.dialects,
    severity: severityByProfile(rule),
    meaning,
    why,
    remedy,
  };
}

function severityByProfile(rule: Rule): Record<string, string> {
  return Object.fromEntries(
    profiles.map(({ name }) => [name, severityOf(rule, { profile: name, overrides: new Map() })]),
  );
}

async function explain(found: RuleOfFamily, json: boolean, io: Io, page: Page): Promise<void> {
  const { rule, family } = found;
  const examples = await readExamples(rule.id, io);
  if (json) {
    const texts = examples === null ? null : { invalid: asText(examples.invalid), valid: asText(examples.valid) };
    return page.writeJson({ ...describe(found), example: texts?.invalid ?? null, examples: texts }, 2);
  }
  const byProfile = Object.entries(severityByProfile(rule));
  page.write(`${rule.id}\n`, "strong");
  page.write(`  ${rule.meaning}\n\n`);
  page.write("severity  ", "dim");
  page.write(`${byProfile.map(([profile, severity]) => `${profile}: ${severity}`).join(", ")}\n`);
  if (family.dialects !== null) {
    page.write("dialects  ", "dim");
    page.write(`${family.dialects.join(", ")}\n`);
  }
  page.write("why       ", "dim");
  page.write(`${rule.why}\n`);
  page.write("remedy    ", "dim");
  page.write(`${rule.remedy}\n`);
  if (rule.noExample !== undefined) {
    page.write("example   ", "dim");
    page.write(`${rule.noExample}\n`);
  }
  if (examples === null) return;
  // Loaded here, because the list and JSON do not need it.
  const { showExamples } = await import("./show-examples.ts");
  showExamples(page, examples);
}

function helpExamples(): readonly Example[] {
  return [
    { command: "ssescope rules", meaning: "list all rules" },
    { command: "ssescope rules no-terminal", meaning: "explain a rule, with an invalid and a valid stream" },
  ];
}

export const rulesCommand: CommandDefinition<typeof rulesOptions> = {
  operands: [
    { form: "[id]", summary: "the rule to explain (default: all)", completes: () => rules.map(({ rule }) => rule.id) },
  ],
  options: rulesOptions,
  examples: helpExamples,
  async run([id], { json, color }, { io, pages }) {
    await preparePage(pages.stdout, color || "never", io.env);
    if (id !== undefined) await explain(ruleNamed(id), json === true, io, pages.stdout);
    else if (json === true) pages.stdout.writeJson(rules.map(describe), 2);
    else list(pages.stdout);
    return EXIT_OK;
  },
};
