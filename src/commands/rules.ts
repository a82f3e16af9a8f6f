// `ssescope rules [id]`: the rules, or one of them with an example that breaks it.
import { readdir, readFile } from "node:fs/promises";
import type { Command } from "commander";
import { suggest } from "../check/nearest.ts";
import { allFamilies, type DescribedFamily, RULES_HINT } from "../check/all-rules.ts";
import { UserError } from "../errors.ts";
import { EXIT_OK } from "../model/exit-codes.ts";
import type { Io } from "../io.ts";
import { profiles } from "../rules/profiles.ts";
import { severityOf } from "../rules/policy.ts";
import type { Rule } from "../rules/rule.ts";
import { colorPage } from "../terminal/color.ts";
import type { Page } from "../terminal/page.ts";
import type { Pages } from "../terminal/pages.ts";
import { paintOfSeverity } from "../views/paints.ts";

/** Where the examples lie in the package: `<rule id>.*`. */
const EXAMPLES_FOLDER = "fixtures/rules/";
const COMPRESSED = ".gz";
const SEVERITY_WIDTH = "warning".length + 2;

interface RulesArguments {
  readonly json?: true;
}

/** Makes `command` the list of rules; `onExitCode` is told how it ended. */
export function addRulesCommand(command: Command, io: Io, pages: Pages, onExitCode: (code: number) => void): void {
  command
    .argument("[id]", "the rule to explain")
    .option("--json", "for machines: id, family, severity by profile, and the texts")
    .action(async (id: string | undefined, { json }: RulesArguments) => {
      await colorPage(pages.stdout, "auto", io.env);
      if (id !== undefined) await explain(ruleNamed(id), json === true, io, pages.stdout);
      else if (json === true) pages.stdout.writeJson(rules.map(describe), 2);
      else list(pages.stdout);
      onExitCode(EXIT_OK);
    });
}

interface RuleOfFamily {
  readonly family: DescribedFamily;
  readonly rule: Rule;
}

const rules: readonly RuleOfFamily[] = allFamilies.flatMap((family) => family.rules.map((rule) => ({ family, rule })));

/** Throws UserError where there is no such rule. */
function ruleNamed(id: string): RuleOfFamily {
  const found = rules.find(({ rule }) => rule.id === id);
  if (found !== undefined) return found;
  const ids = rules.map(({ rule }) => rule.id);
  throw new UserError(`there is no rule ${id}`, suggest(id, ids, RULES_HINT));
}

function list(page: Page): void {
  const width = Math.max(...rules.map(({ rule }) => rule.id.length));
  allFamilies.forEach(({ name, dialects, rules }, index) => {
    page.write(`${index === 0 ? "" : "\n"}${name}`, "strong");
    page.write(dialects === null ? "\n" : `  ${dialects.join(", ")}\n`, "dim");
    for (const rule of rules) {
      const severity = severityOf(rule, { profile: profiles[0].name, overrides: new Map() });
      page.write("  ");
      page.write(severity.padEnd(SEVERITY_WIDTH), severity === "off" ? "dim" : paintOfSeverity[severity]);
      page.write(`${rule.id.padEnd(width)}  ${rule.meaning}\n`);
    }
  });
}

function describe({ family, rule }: RuleOfFamily) {
  const { id, meaning, why, remedy } = rule;
  return {
    id,
    family: family.name,
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
  const example = await readExample(rule.id, io);
  if (json) return page.writeJson({ ...describe(found), example }, 2);
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
  if (example === null) return;
  page.write("\nA stream that breaks it:\n\n", "dim");
  page.write(example);
  page.endLine();
}

/** The bytes of a rule's example as text; null for the rules of outcomes, which are not about a stream's bytes. */
async function readExample(id: string, io: Io): Promise<string | null> {
  const folder = new URL(EXAMPLES_FOLDER, io.packageFolder);
  const files = await readdir(folder);
  const file = files.find((name) => new RegExp(`^${id}\\.(?:sse|ndjson|http|log)(?:\\.gz)?$`).test(name));
  if (file === undefined) return null;
  const bytes = await readFile(new URL(file, folder));
  return (file.endsWith(COMPRESSED) ? await decompress(bytes) : bytes).toString("utf8");
}

/** The text of an example that is cut: as much of it as there is. */
async function decompress(bytes: Uint8Array): Promise<Buffer> {
  // Loaded here: one example needs it.
  const { constants, gunzipSync } = await import("node:zlib");
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
}
