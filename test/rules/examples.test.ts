// The examples: `fixtures/rules/<rule id>.invalid.*` is a stream that breaks only this rule, `<rule id>.valid.*` is the
// same stream corrected, without findings.
import { describe, expect, test } from "vitest";
import { allFamilies } from "../../src/check/all-rules.ts";
import { severityOf } from "../../src/rules/policy.ts";
import { type ProfileName, profiles } from "../../src/rules/profiles.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { examples } from "./support/examples.ts";
import { findingsOf } from "./support/found.ts";

const rules = allFamilies().flatMap(({ rules }): readonly Rule[] => rules);

/** Rules that cannot be broken alone, with the rules that are broken too. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  // An event with an error's shape always reports an error.
  "error-shape": ["in-band-error"],
  // One of two different finish reasons is that of an incomplete response.
  "finish-reason-changed": ["incomplete"],
  // A response without a stop reason is incomplete.
  "stop-reason-missing": ["incomplete"],
};

/** What remains in a corrected example. */
const REMAINING: Readonly<Record<string, { readonly verdict: string; readonly rules: readonly string[] }>> = {
  // An error in the right shape is still an error.
  "error-shape": { verdict: "failed", rules: ["in-band-error"] },
};

/** The first profile in which a rule is not off. */
function profileOf(id: string): ProfileName {
  const rule = rules.find((rule) => rule.id === id);
  const profile = profiles.find(
    ({ name }) => rule !== undefined && severityOf(rule, { profile: name, overrides: new Map() }) !== "off",
  );
  if (profile === undefined) throw new Error(`no profile has the rule ${id}`);
  return profile.name;
}

interface Check {
  readonly verdict: string;
  readonly findings: readonly { readonly rule: string }[];
}

/** Checks the file, with its recorded times if it has any. */
async function check(path: string, profile: ProfileName): Promise<{ verdict: string; rules: Set<string> }> {
  const { stdout } = await run(["check", "--no-config", "--reporter", "json", "--profile", profile, path]);
  const { streams }: { readonly streams: readonly Check[] } = JSON.parse(stdout);
  return {
    verdict: streams.map(({ verdict }) => verdict).join(),
    rules: new Set(streams.flatMap(({ findings }) => findings).map(({ rule }) => rule)),
  };
}

test("every rule has an invalid and a valid example of the same kind of file, or a reason why it has none", () => {
  for (const { id, noExample } of rules) {
    const ofRule = examples.filter((example) => example.id === id);
    expect({ id, kinds: ofRule.map(({ kind }) => kind) }).toEqual({
      id,
      kinds: noExample === undefined ? ["invalid", "valid"] : [],
    });
    expect(new Set(ofRule.map(({ name }) => name.replace(/\.(?:in)?valid/, ""))).size).toBeLessThan(2);
  }
});

test("every example belongs to a rule", () => {
  const ids = new Set(rules.map(({ id }) => id));
  expect(examples.filter(({ id }) => !ids.has(id))).toEqual([]);
});

describe("An invalid example breaks only its rule", () => {
  test.each(examples.filter(({ kind }) => kind === "invalid"))("$name", async ({ id, path }) => {
    const { rules } = await check(path, profileOf(id));
    expect(rules).toEqual(new Set([id, ...(COMPANIONS[id] ?? [])]));
  });
});

describe("A valid example has no findings and ends well", () => {
  test.each(examples.filter(({ kind }) => kind === "valid"))("$name", async ({ id, path }) => {
    const remaining = REMAINING[id] ?? { verdict: "completed", rules: [] };
    expect(await check(path, profileOf(id))).toEqual({ ...remaining, rules: new Set(remaining.rules) });
  });
});

describe("An intact stream breaks no rule", () => {
  test.each(["hey.sse", "text-lines.ndjson", "cr.sse", "crlf.sse", "two-responses.sse"])("%s", async (name) => {
    expect(await findingsOf({ rules }, fixtureNamed(`openai-responses/${name}`).bytes)).toEqual([]);
  });

  test("and under the profile of Open Responses only its end marker is missing", async () => {
    const hey = fixtureNamed("openai-responses/hey.sse").bytes;
    const broken = await findingsOf({ rules }, hey, "open-responses");
    expect(broken).toMatchObject([{ rule: "done-sentinel", severity: "error", event: 8 }]);
    expect(
      await findingsOf({ rules }, Buffer.concat([hey, Buffer.from("data: [DONE]\n\n")]), "open-responses"),
    ).toEqual([]);
  });
});
