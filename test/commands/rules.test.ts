// `ssescope rules`: every rule listed, each explained with an example that breaks it.
import { describe, expect, test } from "vitest";
import { outcomeRules } from "../../src/check/outcome-rules.ts";
import { ruleFamilies } from "../../src/pipeline/rule-families.ts";
import { profiles } from "../../src/rules/profiles.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { run } from "../support/io.ts";

const ofStreams = ruleFamilies.flatMap(({ family }) => family.rules);
const all: readonly Rule[] = [...ofStreams, ...outcomeRules];

/** The dialects whose grammar the rule's family knows; null: all. */
function dialectsOf(id: string): readonly string[] | null {
  return ruleFamilies.find(({ family }) => family.rules.some((rule) => rule.id === id))?.dialects ?? null;
}

test("the list has a line for every rule: severity, id, meaning", async () => {
  const { exitCode, stdout } = await run(["rules"]);
  expect(exitCode).toBe(0);
  const lines = stdout.split("\n");
  for (const { id, meaning } of all) {
    expect(lines.filter((line) => line.includes(` ${id} `) && line.endsWith(meaning))).toHaveLength(1);
  }
});

test("--json has the same for machines, severities by profile", async () => {
  const rules: unknown = JSON.parse((await run(["rules", "--json"])).stdout);
  expect(rules).toHaveLength(all.length);
  const severity = Object.fromEntries(
    profiles.map(({ name }) => [name, expect.stringMatching(/^(error|warning|info|off)$/)]),
  );
  expect(rules).toEqual(
    all.map(({ id, meaning, why, remedy }) => ({
      id,
      family: expect.any(String),
      dialects: dialectsOf(id),
      severity,
      meaning,
      why,
      remedy,
    })),
  );
});

test("the list and the explanation name the dialects of a rule that is not of all", async () => {
  const { stdout } = await run(["rules"]);
  expect(stdout).toContain("\nblocks  anthropic\n");
  expect(stdout).toContain("\nlifecycle\n");
  expect((await run(["rules", "block-index-order"])).stdout).toContain("\ndialects  anthropic\n");
  expect((await run(["rules", "no-terminal"])).stdout).not.toContain("dialects  ");
});

describe("one rule", () => {
  test.each(ofStreams.map(({ id }) => id))("%s is explained with a stream that breaks it", async (id) => {
    const { exitCode, stdout } = await run(["rules", id]);
    const rule = all.find((known) => known.id === id);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(rule?.meaning);
    expect(stdout).toContain(rule?.why);
    expect(stdout).toContain(rule?.remedy);
    expect(stdout).toMatch(/A stream that breaks it:\n\n\S/);
  });

  test("of the outcome has no stream to show", async () => {
    const { stdout } = await run(["rules", "expectation"]);
    expect(stdout).not.toContain("A stream that breaks it");
  });

  test("can be asked for as JSON, example and all", async () => {
    const rule: unknown = JSON.parse((await run(["rules", "--json", "sequence-gap"])).stdout);
    expect(rule).toMatchObject({ id: "sequence-gap", family: "sequence", example: expect.stringContaining("data: {") });
  });

  test("that there is not is wrong usage, with the nearest one", async () => {
    const { exitCode, stdout, stderr } = await run(["rules", "sequence-gab"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("sequence-gap");
  });
});
