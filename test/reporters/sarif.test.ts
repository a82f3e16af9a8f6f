import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { Ajv } from "ajv";
import type { Log, Result, Run } from "sarif";
import { describe, expect, test } from "vitest";
import type { Checked } from "../../src/check/checked.ts";
import { allFamilies } from "../../src/check/all-rules.ts";
import { sarif } from "../../src/reporters/sarif.ts";
import { DEFAULT_POLICY, severityOf } from "../../src/rules/policy.ts";
import { dangerousIn } from "../support/control-characters.ts";
import { checkedOf, findingOf, unreadable } from "./support/checked.ts";
import { disguises, everyDisguise, hostileStream } from "./support/hostile.ts";
import { reported, startRun } from "./support/reported.ts";

/** RFC 3986, https://www.rfc-editor.org/rfc/rfc3986#appendix-A: the characters of a URI. */
const URI_CHARACTERS = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})*$/i;

// A schema of draft 4: of the words that later drafts changed it uses `id` alone. One of its patterns is no Unicode one.
const { $schema: _draft, id: _id, ...schema } = sarifSchema;
const formats = {
  uri: (text: string) => URL.canParse(text),
  "uri-reference": URI_CHARACTERS,
  "date-time": true,
} as const;
const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats }).compile<Log>(schema);

function faultsOf(value: unknown): readonly string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The one run of the log of these streams, which is valid. */
async function runOf(streams: Iterable<Checked>): Promise<Run> {
  const log: unknown = JSON.parse(await reported(sarif, streams, { leastShown: "error" }));
  expect(faultsOf(log)).toEqual([]);
  if (!validate(log) || log.runs[0] === undefined) throw new Error("no run");
  expect(log.runs).toHaveLength(1);
  return log.runs[0];
}

async function resultsOf(...streams: readonly Checked[]): Promise<readonly Result[]> {
  return (await runOf(streams)).results ?? [];
}

const rules = allFamilies().flatMap((family) => family.rules);
/** One of them, but not the first. */
const ruleIndex = rules.length - 1;
const rule = rules[ruleIndex]?.id ?? "";

function uriOf(result: Result | undefined): string | undefined {
  return result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
}

test("the schema refuses other JSON", () => {
  expect(faultsOf({ version: "2.1.0", runs: [{ tool: {}, results: [] }] })).not.toEqual([]);
  const location = { physicalLocation: { artifactLocation: { uri: "a b" } } };
  const results = [{ message: { text: "" }, locations: [location] }];
  expect(faultsOf({ version: "2.1.0", runs: [{ tool: { driver: { name: "a" } }, results }] })).not.toEqual([]);
});

test("a finding in a recorded body has the line of the body among its properties", async () => {
  const [result] = await resultsOf(checkedOf([findingOf({ bodyLine: 7 })], { source: "a.har" }));
  expect(result?.locations?.[0]?.physicalLocation?.region?.startLine).toBe(34);
  expect(result?.properties).toMatchObject({ bodyLine: 7 });
});

test("the tool has every rule, with its meaning and remedy", async () => {
  const { tool, results } = await runOf([]);
  expect(results).toEqual([]);
  expect(tool.driver.name).toBe("ssescope");
  expect(tool.driver.rules?.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  for (const [index, { meaning, why, remedy }] of rules.entries()) {
    expect(tool.driver.rules?.[index]).toMatchObject({
      shortDescription: { text: meaning },
      fullDescription: { text: why },
      help: { text: remedy },
    });
  }
  const defaults = new Map(tool.driver.rules?.map(({ id, defaultConfiguration }) => [id, defaultConfiguration]));
  for (const rule of rules) {
    const severity = severityOf(rule, DEFAULT_POLICY);
    const level = { error: "error", warning: "warning", info: "note", off: null }[severity];
    expect(defaults.get(rule.id)).toEqual(level === null ? { enabled: false } : { level });
  }
});

test("a finding is a result with its place, and the expected and the seen value", async () => {
  const finding = findingOf({ rule, expected: "6", seen: "7" });
  expect(await resultsOf(checkedOf([finding], { source: "a/ci.log" }))).toEqual([
    {
      ruleId: rule,
      ruleIndex,
      level: "error",
      message: { text: "sequence number 7 follows 5: 1 missing" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "a/ci.log" },
            region: { startLine: 34, byteOffset: 1234 },
          },
        },
      ],
      properties: { event: 4, expected: "6", seen: "7" },
    },
  ]);
});

test("severities are levels", async () => {
  const findings = (["error", "warning", "info"] as const).map((severity) => findingOf({ severity }));
  expect((await resultsOf(checkedOf(findings))).map(({ level }) => level)).toEqual(["error", "warning", "note"]);
});

test("a rule that the tool does not describe has no index", async () => {
  const [result] = await resultsOf(checkedOf([findingOf({ rule: "novel" })]));
  expect(result?.ruleId).toBe("novel");
  expect(result).not.toHaveProperty("ruleIndex");
});

test.each([
  ["a b/ü%#?.sse", "a%20b/%C3%BC%25%23%3F.sse"],
  ["../a:b.sse", "../a%3Ab.sse"],
  ["/tmp/a b.sse", "file:///tmp/a%20b.sse"],
  ["https://api.example/v1?a=b c", "https://api.example/v1?a=b%20c"],
  ["-", "-"],
  ["a\ud800.sse", "a%EF%BF%BD.sse"],
])("the place of %s is a URI", async (source, uri) => {
  expect(uriOf((await resultsOf(checkedOf([findingOf()], { source })))[0])).toBe(uri);
});

test("a finding without a place in the file has the file", async () => {
  const [result] = await resultsOf(checkedOf([findingOf({ line: null, offset: null, event: null })]));
  expect(result?.locations).toEqual([{ physicalLocation: { artifactLocation: { uri: "cap.sse" } } }]);
  expect(result).not.toHaveProperty("properties");
});

test("a stream that fails without a finding is a result, and so is a source that could not be read", async () => {
  const [refused] = await resultsOf(checkedOf([], { verdict: "refused" }));
  expect(refused).toMatchObject({ ruleId: "refused", level: "error", message: { text: "refused, exit 8" } });
  const [gone] = await resultsOf(unreadable("gone.sse"));
  expect([gone?.ruleId, uriOf(gone)]).toEqual(["unreadable-source", "gone.sse"]);
});

test("the run has its exit code and the number of findings that were only counted", async () => {
  const { invocations } = await runOf([
    checkedOf([findingOf()], { checkCode: 1, unlisted: { "sequence-gap": 900 } }),
    checkedOf([findingOf()], { checkCode: 1, unlisted: { "sequence-gap": 334 } }),
  ]);
  expect(invocations).toMatchObject([{ executionSuccessful: true, exitCode: 1 }]);
  expect(invocations?.[0]?.toolExecutionNotifications).toMatchObject([
    { level: "note", message: { text: "1,234 more findings of sequence-gap, counted only" } },
  ]);
  expect((await runOf([unreadable("gone.sse")])).invocations).toMatchObject([{ executionSuccessful: false }]);
});

test("results are written as streams are checked", async () => {
  const run = await startRun(sarif);
  await run.check(checkedOf([findingOf()]));
  expect(run.text()).toContain('"ruleId":"sequence-gap"');
});

describe("text of a stream stays text", () => {
  test.each(Object.entries(disguises))("that would be %s", async (_what, text) => {
    const results = await resultsOf(hostileStream(text));
    expect(results).toHaveLength(3);
    for (const { message, properties } of results) {
      expect(message.text).not.toMatch(/\]\(|[\r\n]/);
      expect(dangerousIn(JSON.stringify([message, properties]))).toEqual([]);
    }
  });

  test("without half characters", async () => {
    const text = await reported(sarif, [hostileStream(everyDisguise)]);
    expect(text).toContain(String.raw`\\ud800`);
    expect(text).not.toMatch(/(?<!\\)\\ud[89a-f]/i);
  });
});
