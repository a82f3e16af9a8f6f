// Both forms of JSON: the document and the lines.
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Checked } from "../../src/check/checked.ts";
import { json } from "../../src/reporters/json.ts";
import { ndjson } from "../../src/reporters/ndjson.ts";
import checkSchema from "../../src/schemas/check.schema.json" with { type: "json" };
import reportSchema from "../../src/schemas/report.schema.json" with { type: "json" };
import { checkedOf, findingOf, responseOf, unreadable } from "./support/checked.ts";
import { everyDisguise, hostileStream } from "./support/hostile.ts";
import { reported, startRun } from "./support/reported.ts";

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
ajv.addSchema(reportSchema);
const validate = ajv.compile(checkSchema);

/** The schema's errors for a value. */
function faultsOf(value: unknown): readonly string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const streams: readonly Checked[] = [
  checkedOf(),
  checkedOf([findingOf({ severity: "info" })], {
    source: "ci.log",
    stream: { name: null, line: 12, skippedLines: 3 },
    verdict: "failed",
    responses: [responseOf(), responseOf({ verdict: "failed", status: "failed", usage: null })],
    unlisted: { "sequence-gap": 900 },
  }),
  checkedOf([], { source: "-", dialect: null, verdict: "not-a-stream", responses: [], events: 0 }),
  unreadable("gone.sse"),
  hostileStream(everyDisguise),
];

async function documentOf(checked: Iterable<Checked>): Promise<unknown> {
  return JSON.parse(await reported(json, checked, { leastShown: "error" }));
}

async function linesOf(checked: Iterable<Checked>): Promise<unknown[]> {
  const text = await reported(ndjson, checked, { leastShown: "error" });
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

test("the lines are the streams of the document, and both match the schema", async () => {
  const document = await documentOf(streams);
  const lines = await linesOf(streams);
  expect(document).toEqual({ schema: "ssescope/check@1", streams: lines, exitCode: 2 });
  expect(faultsOf(document)).toEqual([]);
  for (const line of lines) expect(faultsOf(line)).toEqual([]);
});

test("a line has the stream's ending, usage and findings, but none of its text", async () => {
  const [, line] = await linesOf(streams);
  const { usage } = responseOf();
  expect(line).toEqual({
    schema: "ssescope/check@1",
    source: "ci.log",
    stream: { name: null, line: 12, skippedLines: 3 },
    dialect: "openai-responses",
    verdict: "failed",
    status: "failed",
    request: null,
    endedBy: "input-end",
    exitCode: 3,
    events: 9,
    responses: [
      { id: "resp_1", model: "model-1", verdict: "completed", status: "completed", usage },
      { id: "resp_1", model: "model-1", verdict: "failed", status: "failed", usage: null },
    ],
    findings: [findingOf({ severity: "info" })],
    findingCounts: { "sequence-gap": 901 },
    severityCounts: { error: 0, warning: 0, info: 901 },
  });
});

test("unknown values of an unreadable source are null", async () => {
  const [line] = await linesOf([unreadable("gone.sse")]);
  const unknown = {
    stream: null,
    dialect: null,
    verdict: null,
    status: null,
    request: null,
    endedBy: null,
    events: null,
    responses: null,
  };
  expect(line).toMatchObject({ ...unknown, source: "gone.sse", exitCode: 2 });
});

test("hostile text is kept unchanged", async () => {
  const [line] = await linesOf([hostileStream(everyDisguise)]);
  expect(line).toMatchObject({ source: everyDisguise, findings: [{ message: everyDisguise }, {}, {}] });
});

test("a run without streams is also a document", async () => {
  expect(await documentOf([])).toEqual({ schema: "ssescope/check@1", streams: [], exitCode: 0 });
  expect(await reported(ndjson, [])).toBe("");
});

test.each([json, ndjson])("$name: a stream is written as soon as it is checked", async (reporter) => {
  const run = await startRun(reporter);
  await run.check(checkedOf());
  expect(run.text()).toContain('"source":"cap.sse"');
});

describe("the schema rejects", () => {
  const [valid] = [checkedOf([findingOf()])];

  test.each<[what: string, change: Readonly<Record<string, unknown>>]>([
    ["another version", { schema: "ssescope/check@2" }],
    ["a verdict that there is not", { verdict: "fine" }],
    ["an exit code that does not exist", { exitCode: 99 }],
    ["an unknown key", { mood: "good" }],
    ["a missing key", { source: undefined }],
    ["half a count of events", { events: 0.5 }],
    ["a severity that there is not", { severityCounts: { error: 0, warning: 0, info: 0, fatal: 1 } }],
    ["a severity that is missing", { severityCounts: { error: 0, warning: 0 } }],
    ["a rule that found nothing", { findingCounts: { bom: 0 } }],
    ["a finding without a rule", { findings: [{ severity: "error" }] }],
    ["a response without a verdict", { responses: [{ id: null, model: null, status: null, usage: null }] }],
    ["half a place", { stream: { name: "api-1" } }],
  ])("%s", async (_what, change) => {
    const [line] = await linesOf([valid]);
    expect(faultsOf(line)).toEqual([]);
    const changed: unknown = JSON.parse(JSON.stringify({ ...Object(line), ...change }));
    expect(faultsOf(changed)).not.toEqual([]);
    expect(faultsOf({ schema: "ssescope/check@1", streams: [changed], exitCode: 0 })).not.toEqual([]);
  });

  test("a document without its exit code, or with another key", async () => {
    const document = { schema: "ssescope/check@1", streams: [], exitCode: 0 };
    expect(faultsOf(document)).toEqual([]);
    expect(faultsOf({ ...document, exitCode: undefined })).not.toEqual([]);
    expect(faultsOf({ ...document, mood: "good" })).not.toEqual([]);
  });
});
