// Reads the demands of a check from the command line and the config file.
import { resolve } from "node:path";
import { allRuleIds, RULES_HINT } from "../check/all-rules.ts";
import { NO_CONFIG, readConfig } from "../check/config.ts";
import { parseExpectation } from "../check/expectation.ts";
import type { Demands } from "../check/judge.ts";
import { suggest } from "../check/nearest.ts";
import { UserError } from "../errors.ts";
import { DEFAULT_POLICY } from "../rules/policy.ts";
import { severities, type Severity } from "../model/finding.ts";
import type { DemandArguments } from "./options/check.ts";
import type { StreamArguments } from "./options/stream.ts";

/** The demands, and the config file that was read; null if there was none. */
export interface AskedDemands extends Demands {
  readonly configPath: string | null;
}

/** Reads the demands. The command line overrides the config file; the expectations of both apply. Throws UserError. */
export async function readDemands(
  options: DemandArguments & Pick<StreamArguments, "stallThreshold">,
  cwd: string,
): Promise<AskedDemands> {
  const config =
    options.config === false ? NO_CONFIG : await readConfig(cwd, options.config === true ? null : options.config);
  const profile = options.profile ?? config.profile ?? DEFAULT_POLICY.profile;
  const overrides = new Map([...config.rules, ...options.rule.map(parseOverride)]);
  return {
    rules: { profile, overrides, stallMs: options.stallThreshold ?? config.stallMs ?? DEFAULT_POLICY.stallMs },
    expectations: [...config.expectations, ...options.expect.map(parseExpectation)],
    failOn: options.failOn ?? config.failOn ?? "error",
    configPath: config.path === null ? null : resolve(cwd, config.path),
  };
}

/** Parses `id=severity`. Throws UserError for an unknown rule or severity. */
function parseOverride(text: string): [id: string, severity: Severity | "off"] {
  const [id = "", word] = text.split("=", 2);
  if (!allRuleIds().includes(id)) throw new UserError(`there is no rule ${id}`, suggest(id, allRuleIds(), RULES_HINT));
  const severity = [...severities, "off" as const].find((known) => known === word);
  if (severity === undefined) {
    throw new UserError(
      `--rule ${text} has no valid severity`,
      `write ${id}=${severities.join(`, ${id}=`)} or ${id}=off`,
    );
  }
  return [id, severity];
}
