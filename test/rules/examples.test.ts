// The examples: `fixtures/rules/<rule id>.*` is a stream that breaks this rule and no other.
import { describe, expect, test } from "vitest";
import { ruleFamilies } from "../../src/pipeline/rule-families.ts";
import { profiles } from "../../src/rules/profiles.ts";
import { severityOf } from "../../src/rules/policy.ts";
import { fixtureNamed, fixtures } from "../support/fixtures.ts";
import { findingsOf } from "./support/found.ts";

const rules = ruleFamilies.flatMap(({ family }) => family.rules);
const FOLDER = "rules/";
const examples = fixtures.filter(({ name }) => name.startsWith(FOLDER));

/** Rules that cannot be broken alone, with those that are broken too. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  // Where an error has a shape, there is an error.
  "error-shape": ["in-band-error"],
  // One of two reasons is none of an answer that is whole.
  "finish-reason-changed": ["incomplete"],
  // What nobody says the end of is not complete.
  "stop-reason-missing": ["incomplete"],
};

/** The example's name without what stands after the rule's id. */
function ruleIdOf(name: string): string {
  return name.slice(FOLDER.length).replace(/\..*$/, "");
}

test("every rule has exactly one example, and every example is of a rule", () => {
  expect(examples.map(({ name }) => ruleIdOf(name)).sort()).toEqual(rules.map(({ id }) => id).sort());
});

describe.each(examples)("$name", ({ name, bytes }) => {
  test(`breaks its rule and no other: ${name}`, async () => {
    const id = ruleIdOf(name);
    const rule = rules.find((rule) => rule.id === id);
    const profile = profiles.find(
      ({ name }) => rule && severityOf(rule, { profile: name, overrides: new Map() }) !== "off",
    );
    expect(profile).toBeDefined();
    const broken = await findingsOf({ rules }, bytes, profile?.name);
    expect(new Set(broken.map(({ rule }) => rule))).toEqual(new Set([id, ...(COMPANIONS[id] ?? [])]));
  });
});

describe("A stream without fault breaks no rule", () => {
  test.each(["hey.sse", "text-lines.ndjson", "cr.sse", "crlf.sse", "two-responses.sse"])("%s", async (name) => {
    expect(await findingsOf({ rules }, fixtureNamed(`openai-responses/${name}`).bytes)).toEqual([]);
  });

  test("and under the profile of Open Responses only what ends it is missing", async () => {
    const hey = fixtureNamed("openai-responses/hey.sse").bytes;
    const broken = await findingsOf({ rules }, hey, "open-responses");
    expect(broken).toMatchObject([{ rule: "done-sentinel", severity: "error", event: 8 }]);
    expect(
      await findingsOf({ rules }, Buffer.concat([hey, Buffer.from("data: [DONE]\n\n")]), "open-responses"),
    ).toEqual([]);
  });
});
