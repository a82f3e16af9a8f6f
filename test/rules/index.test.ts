import { describe, expect, test } from "vitest";
import { ruleFamilies } from "../../src/pipeline/rule-families.ts";
import { run } from "../support/io.ts";
import { reportOf } from "../support/read-report.ts";
import { completed, created, stream, streamFrom } from "../support/stream.ts";

describe("for a rule with very many findings", () => {
  const unknown = Array.from({ length: 250 }, () => ({ type: "response.of_the_future" }));
  const input = stream(created(), ...unknown) + streamFrom(500, completed());

  test("the first hundred findings are kept, and all are counted", async () => {
    const { findings, findingCounts } = await reportOf(input);
    const kept = findings.filter(({ rule }) => rule === "unrecognized-event");
    expect(kept.map(({ event }) => event)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(findingCounts).toEqual({ "unrecognized-event": 250, "sequence-gap": 1, "empty-answer": 1 });
  });

  test("another rule's findings are still kept, in the order of the input", async () => {
    const { findings } = await reportOf(input);
    expect(findings).toHaveLength(102);
    expect(findings.at(-2)).toMatchObject({ rule: "sequence-gap", event: 251 });
  });

  test("the summary says how many more there are", async () => {
    const { stderr } = await run([], { stdin: [input] });
    expect(stderr).toMatch(/24\d more/);
  });
});

test("every rule has a unique id, and sentences that say what it finds, why it matters and how to fix it", () => {
  const rules = ruleFamilies().flatMap(({ family }) => family.rules);
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { id, meaning, why, remedy } of rules) {
    expect(id).toMatch(/^[a-z]+\d*(-[a-z]+\d*)*$/);
    for (const text of [meaning, why, remedy]) expect(text).toMatch(/^[A-Z].*[.]$/);
  }
});
