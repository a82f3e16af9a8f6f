// Files of recorders are detected by their keys; what only looks like one is not, and is not held back.
import { describe, expect, test } from "vitest";
import { recorders } from "../../../../src/framing/archive/recorders/index.ts";
import { fitsSignature, type Signature } from "../../../../src/framing/archive/detection/signature.ts";
import { fixtures } from "../../../support/fixtures.ts";
import { run } from "../../../support/io.ts";

const MEBIBYTE = 2 ** 20;

/** The framings of recorders that take an input; null: more bytes are needed. */
function detectedIn(text: string, complete: boolean): readonly string[] | null {
  const answers = recorders.map((framing) => ({ framing, answer: framing.detect(Buffer.from(text), complete) }));
  if (answers.some(({ answer }) => answer === null)) return null;
  return answers.flatMap(({ framing, answer }) => (answer === true ? [framing.name] : []));
}

async function firstReportOf(input: Uint8Array): Promise<unknown> {
  const { stdout } = await run(["--json", "-"], { stdin: [input] });
  const report: unknown = JSON.parse(stdout.split("\n", 1)[0] ?? "");
  return report;
}

test.each([
  ["cassette-keys-in-any-order.json", "cassette"],
  ["httpmock.yaml", "httpmock"],
  ["httprr.txt", "httprr"],
  ["langchain.yaml.gz", "cassette"],
  ["llama-stack-chunks.json", "llama-stack"],
  ["llama-stack-lines.json", "llama-stack"],
  ["mastra.json", "mastra"],
  ["mastra-with-meta.json", "mastra"],
  ["nock.json", "nock"],
  ["req-llm-chunks.json", "req-llm"],
  ["req-llm-whole.json", "req-llm"],
  ["request-response-text.json", "request-response"],
  ["request-response-eventstream.json", "request-response"],
  ["wiremock-crlf.yaml", "wiremock"],
  ["wiremock-list.json", "wiremock"],
])("%s is detected as %s", async (name, framing) => {
  const fixture = fixtures.find((known) => known.name === `archives/${name}`);
  expect(await firstReportOf(fixture?.bytes ?? Buffer.alloc(0))).toMatchObject({ framing });
});

test("No other fixture is the file of a recorder, but for those in cassettes.", () => {
  const others = fixtures.filter(({ name }) => !/^(?:archives|cassette|rules)\/|\.gz$/.test(name));
  const taken = others.filter(({ bytes }) => recorders.some((framing) => framing.detect(bytes, true) !== false));
  expect(taken.map(({ name }) => name)).toEqual([]);
});

describe("What looks like a recorder's file and is none", () => {
  test.each([
    ["a response of Chat Completions", '{"id":"chatcmpl-1","object":"chat.completion","choices":[]}'],
    ["a response of Responses", '{"id":"resp_1","object":"response","status":"completed","output":[]}'],
    [
      "lines of a log, each with a request and a response",
      '{"request":{"method":"GET","url":"/","headers":{}},"response":{"status":200}}\n{"request":{}}\n',
    ],
    ["a line of a log", '{"level":30,"time":1,"request":{"method":"GET","url":"/","headers":{}},"response":{}}\n'],
    ["a batch of requests", '[{"custom_id":"a","method":"POST","url":"/v1/responses","body":{}}]'],
    ["an array of Gemini", '[{"candidates":[{"content":{}}]}]'],
    ["an array of numbers", "[1,2,3]"],
    ["a dict of Python", "{'request': {'url': 'a', 'method': 'b', 'body': ''}}"],
    ["a stream whose events have ids", "id: 1\nevent: a\ndata: {}\n\n"],
    ["a workflow", "name: ci\non: push\njobs:\n  a:\n    steps: []\n"],
    ["a step with a condition", "when: always\nthen: stop\n"],
    ["limits of Kubernetes", "requests:\n  cpu: 1\n"],
    ["prose", "request: what did it say?\nIt said nothing.\n"],
    ["nothing", ""],
  ])("%s", (_, text) => {
    expect(detectedIn(text, true)).toEqual([]);
  });
});

describe("An event that has begun is not held back", () => {
  test.each([
    ["a field of an event stream", "id:"],
    ["another field", "da"],
    ["the first key of an array's element", '[{"candidates"'],
    ["a whole line of JSON", '{"id":1}\n'],
    ["a comment", ": ping"],
  ])("%s", (_, text) => {
    expect(detectedIn(text, false)).toEqual([]);
  });

  test.each(["{", '{"request":{"method":"POST"', "interac", "---\nid: 1\n", "# recorded\n", "[", "httprr tr"])(
    "%j may be a recorder's",
    (text) => {
      expect(detectedIn(text, false)).toBeNull();
    },
  );
});

describe("What comes late is found", () => {
  const long = "x".repeat(300_000);
  const request = { method: "POST", url: "/", body: { prompt: long } };
  const response = { status: 200, chunks: [] };

  test.each([
    ["mastra", JSON.stringify({ recordings: [{ request, hash: "a", response }] })],
    ["mastra", JSON.stringify([{ request, hash: "a", response }], null, 1)],
    ["wiremock", JSON.stringify({ request: { bodyPatterns: [{ equalTo: long }], method: "POST" }, response })],
    ["wiremock", JSON.stringify({ metadata: { text: `${long}\\"` }, request: { urlPath: "/" }, response })],
    ["wiremock", `request:\n  headers: ${long}\n  urlPath: /\nresponse:\n  status: 200\n`],
  ])("of %s, behind a long value: %.20s", (framing, text) => {
    expect(detectedIn(text, true)).toEqual([framing]);
    expect(detectedIn(text.slice(0, 200_000), false)).toBeNull();
  });

  test.each([
    ["a line of JSON", `{"type":"user","message":{"text":"${long}`],
    ["text", `name: ${long}`],
    ["many megabytes of the first value", `{"request":{"body":"${long.repeat(14)}`],
  ])("but %s is not held back", (_, text) => {
    expect(detectedIn(text, false)).toEqual([]);
  });
});

test.each([
  ["cassette", "{interactions: [{request: {method: POST, uri: 'it''s, [{'}, response: {body: \"}\"}}], version: 1}"],
  ["cassette", "{version: 1, interactions: []}"],
  ["httpmock", "{when: {path: /, method: POST}, then: {status: 200}}"],
])("YAML in flow style is detected: %s, %s", (framing, text) => {
  expect(detectedIn(text, true)).toEqual([framing]);
});

test("Values of many megabytes on one line are passed over.", async () => {
  const text = "x".repeat(MEBIBYTE);
  const body = `data: ${text}\n\n`.repeat(20);
  const value = {
    request: { method: "POST", url: "/", headers: {}, body: "{}" },
    response: { status: 200, headers: {}, body },
  };
  const input = Buffer.from(JSON.stringify(value));
  expect(detectedIn(input.toString("utf8", 0, 2 * MEBIBYTE), false)).toBeNull();
  expect(detectedIn(input.toString("utf8", 0, 5 * MEBIBYTE), false)).toEqual(["request-response"]);
  const { stdout } = await run(["--json", "--max-event-size", "64M", "-"], { stdin: [input] });
  expect(JSON.parse(stdout)).toMatchObject({ framing: "request-response", events: 20 });
});

test("Of a list of key paths one is enough, and one that may not be there refuses all.", () => {
  const signature: Signature = { syntax: "object", paths: [["a", "b"], "c.d"], without: "e" };
  const fits = (text: string) => fitsSignature([signature], Buffer.from(text), true);
  expect(fits('{"c":{"d":1},"b":2}')).toBe(true);
  expect(fits('{"c":{"d":1}}')).toBe(false);
  expect(fits('{"a":1,"c":{"x":{"d":1}}}')).toBe(false);
  expect(fits('{"a":1,"c":{"d":1},"e":0}')).toBe(false);
  expect(fits('{"a":1,"c":{"d":1}')).toBe(true);
});
