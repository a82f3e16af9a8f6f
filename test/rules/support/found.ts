// The findings of one rule family in an input.
import { expect } from "vitest";
import type { ProfileName } from "../../../src/rules/profiles.ts";
import type { RuleFamily } from "../../../src/rules/rule.ts";
import type { Finding } from "../../../src/model/finding.ts";
import { run } from "../../support/io.ts";

/** The findings of a family under a profile, in the order in which they were made. */
export async function findingsOf(
  family: Pick<RuleFamily, "rules">,
  input: string | Uint8Array,
  profile: ProfileName = "openai",
  ...options: readonly string[]
): Promise<Finding[]> {
  const argv = ["check", "--no-config", "--reporter", "json", "--profile", profile, ...options, "-"];
  const { stdout } = await run(argv, { stdin: [input] });
  const { streams }: Checks = JSON.parse(stdout);
  const ids = new Set(family.rules.map(({ id }) => id));
  return streams.flatMap(({ findings }) => findings).filter(({ rule }) => ids.has(rule));
}

/** The same, each as `<rule> at <event>: <the input from its place to the end of the line>`. */
export async function found(
  family: Pick<RuleFamily, "rules">,
  input: string | Uint8Array,
  profile: ProfileName = "openai",
): Promise<string[]> {
  const bytes = Buffer.from(input);
  const findings = await findingsOf(family, bytes, profile);
  return findings.map(({ rule, event, line, offset }) => {
    // Line and offset must mean the same place.
    const before = bytes.subarray(0, offset ?? 0).toString();
    expect(before.split(LINE_END)).toHaveLength(line ?? 0);
    return `${rule} at ${event}: ${
      bytes
        .subarray(offset ?? 0)
        .toString()
        .split(LINE_END, 1)[0]
    }`;
  });
}

const LINE_END = /\r\n|\r|\n/;

interface Checks {
  readonly streams: readonly { readonly findings: readonly Finding[] }[];
}
