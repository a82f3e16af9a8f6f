// Which rule families start to watch a stream.
import { expect, test } from "vitest";
import { createInterpreter } from "../../src/dialects/interpreter.ts";
import { DEFAULT_POLICY } from "../../src/rules/policy.ts";
import { family } from "../../src/rules/rule.ts";
import { createRuleWatch, type FamiliesOf, type RuleWatch } from "../../src/rules/watch.ts";

/** Families by name, which record when they start to watch and what they read. */
function notingFamilies(dialectsByName: Readonly<Record<string, readonly string[] | null>>) {
  const notes: string[] = [];
  const all = Object.entries(dialectsByName).map(([name, dialects]) => {
    const rule = { id: name, severity: "error", meaning: "", why: "", remedy: "" } as const;
    const watched = family({
      name,
      rules: [rule],
      watch() {
        notes.push(`${name} begins`);
        return {
          read: ({ eventType }) => notes.push(`${name} reads ${eventType}`),
          end: () => notes.push(`${name} ends`),
        };
      },
    });
    return { watched, dialects };
  });
  const familiesOf: FamiliesOf = (dialect) =>
    all
      .filter(({ dialects }) => dialects === null || (dialect !== null && dialects.includes(dialect.name)))
      .map(({ watched }) => watched);
  return { notes, familiesOf };
}

function watch(familiesOf: FamiliesOf, policy = DEFAULT_POLICY): RuleWatch {
  return createRuleWatch(familiesOf, policy, { textOf: () => null, hasText: () => false }, () => {});
}

function read(watch: RuleWatch, data: string): void {
  const place = { lastEventId: "", index: 0, line: 1, offset: 0, length: data.length };
  createInterpreter("openai-chat", (reading) => watch.read(reading)).read(
    { type: "event", event: "message", data, ...place },
    null,
    false,
  );
}

test("A family of another dialect never starts; one of the stream's dialect starts with its first event, in list order.", () => {
  const { notes, familiesOf } = notingFamilies({
    "of-chat": ["openai-chat"],
    general: null,
    "of-others": ["anthropic"],
  });
  const watching = watch(familiesOf);
  expect(notes).toEqual(["general begins"]);
  read(watching, "[DONE]");
  read(watching, "[DONE]");
  expect(notes.slice(1)).toEqual([
    "of-chat begins",
    "of-chat reads message",
    "general reads message",
    "of-chat reads message",
    "general reads message",
  ]);
});

test("A family whose rules are all off does not start.", () => {
  const { notes, familiesOf } = notingFamilies({ one: null, two: null });
  watch(familiesOf, { ...DEFAULT_POLICY, overrides: new Map([["one", "off"]]) });
  expect(notes).toEqual(["two begins"]);
});

test("The results for one list and one policy are not used for others.", () => {
  const [one, other] = [notingFamilies({ one: null }), notingFamilies({ other: null })];
  watch(one.familiesOf);
  watch(other.familiesOf);
  watch(one.familiesOf, { ...DEFAULT_POLICY, overrides: new Map([["one", "off"]]) });
  expect([one.notes, other.notes]).toEqual([["one begins"], ["other begins"]]);
});
