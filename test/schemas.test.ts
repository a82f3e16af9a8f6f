// What the command prints is what the published schemas say, and they let nothing else pass.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { EXIT_INTERRUPTED, EXIT_USAGE } from "../src/model/exit-codes.ts";
import type { JsonObject } from "../src/model/payload.ts";
import { severities } from "../src/model/finding.ts";
import factsSchema from "../src/schemas/facts.schema.json" with { type: "json" };
import reportSchema from "../src/schemas/report.schema.json" with { type: "json" };
import wireSchema from "../src/schemas/wire.schema.json" with { type: "json" };
import { verdictTable, verdicts } from "../src/model/verdict.ts";
import { isExhaustive } from "./support/exhaustive.ts";
import { type Fixture, fixtureNamed, fixtures } from "./support/fixtures.ts";
import { run, type RunOptions } from "./support/io.ts";
import { serve } from "./support/server.ts";

/** Keys of records that may be left out. */
const LEFT_OUT: ReadonlySet<string> = new Set(["late", "headers", "startedAt"]);

const ajv = new Ajv2020({ strict: true, allErrors: true });
ajv.addSchema([wireSchema, reportSchema, factsSchema]);

const validators = {
  wire: compiled(wireSchema.$id),
  facts: compiled(factsSchema.$id),
  report: compiled(reportSchema.$id),
} as const;
type Format = keyof typeof validators;
const formats: readonly Format[] = ["wire", "facts", "report"];

function compiled(id: string): ValidateFunction {
  const validate = ajv.getSchema(id);
  if (validate === undefined) throw new Error(`no schema has the id ${id}`);
  return validate;
}

/** What the schema has against a value; an empty list where it is valid. */
function faultsOf(format: Format, value: unknown): readonly string[] {
  const validate = validators[format];
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The records that the command prints in a format. */
async function printed(format: Format, argv: readonly string[], options: RunOptions = {}): Promise<JsonObject[]> {
  return parseRecords((await run(["--format", format, ...argv], options)).stdout);
}

/** The records of a fixture in a format: of facts and reports those of its expected files, which it gives. */
function recordsOf(format: Format, { path, expected }: Fixture): Promise<JsonObject[]> {
  const known = recordsOfPaths[format];
  const records = known.get(path) ?? read();
  known.set(path, records);
  return records;

  async function read(): Promise<JsonObject[]> {
    if (format === "wire") return printed(format, [path]);
    return parseRecords(readFileSync(expected[format], "utf8"));
  }
}

/** What several tests look at is read once. */
const recordsOfPaths: Readonly<Record<Format, Map<string, Promise<JsonObject[]>>>> = {
  wire: new Map(),
  facts: new Map(),
  report: new Map(),
};

function parseRecords(output: string): JsonObject[] {
  if (output === "") return [];
  // A report may be printed over several lines, whose first alone begins with a brace.
  return output
    .trimEnd()
    .split(/\n(?=\{)/)
    .map(parseObject);
}

function parseObject(text: string): JsonObject {
  return objectAt(JSON.parse(text));
}

function objectAt(value: unknown, ...path: readonly (string | number)[]): JsonObject {
  const found = path.reduce<unknown>((at, key) => (hasKeys(at) ? at[key] : undefined), value);
  if (!hasKeys(found)) throw new Error(`no object at "${path.join(".")}"`);
  return found;
}

/** Objects, and arrays, whose keys are positions. */
function hasKeys(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}

/** Sets, or with `undefined` removes, what is at a path, in a copy. */
function changed(value: JsonObject, path: readonly (string | number)[], to: unknown): JsonObject {
  const copy = structuredClone(value);
  const last = path.at(-1) ?? "";
  Object.assign(objectAt(copy, ...path.slice(0, -1)), { [last]: to });
  return parseObject(JSON.stringify(copy));
}

describe.each(formats)("the %s schema", (format) => {
  test("accepts what is printed of every fixture", async () => {
    for (const fixture of fixtures) {
      const faults = (await recordsOf(format, fixture)).flatMap((record) => faultsOf(format, record));
      expect({ name: fixture.name, faults }).toEqual({ name: fixture.name, faults: [] });
    }
  });

  test("accepts what is printed of a recording with its times", async () => {
    const records = await printed(format, [fixtureNamed("recorded/tides.sse").path]);
    for (const record of records) expect(faultsOf(format, record)).toEqual([]);
  });

  test("accepts what is printed of several sources, whose records say whose they are", async () => {
    const paths = [fixtureNamed("openai-responses/hey.sse").path, fixtureNamed("broken/empty.sse").path];
    const records = await printed(format, paths);
    expect(new Set(records.map(({ source }) => source))).toEqual(new Set(paths));
    for (const record of records) expect(faultsOf(format, record)).toEqual([]);
  });

  test("asks for every key and allows no other", async () => {
    const shapes = new Set<string>();
    for (const fixture of fixtures) {
      for (const record of await recordsOf(format, fixture)) {
        // Records of the same type and keys are described by the same words of the schema.
        const shape = [record.type, ...Object.keys(record)].join(" ");
        if (shapes.has(shape) && !isExhaustive) continue;
        shapes.add(shape);
        expect(faultsOf(format, { ...record, novel: 1 }), `${fixture.name} with novel`).not.toEqual([]);
        for (const key of Object.keys(record)) {
          if (LEFT_OUT.has(key)) continue;
          expect(faultsOf(format, changed(record, [key], undefined)), `${fixture.name} without ${key}`).not.toEqual([]);
        }
      }
    }
  });
});

test("the facts schema accepts the report as a line, and the fixtures hold every kind of line", async () => {
  const seen = new Set<unknown>();
  for (const fixture of fixtures) {
    for (const { type } of await recordsOf("facts", fixture)) seen.add(type);
    for (const report of await recordsOf("report", fixture)) expect(faultsOf("facts", report)).toEqual([]);
  }
  const lines = await printed("facts", [fixtureNamed("openai-responses/hey.sse").path]);
  expect(lines.at(-1)).toHaveProperty("schema", "ssescope/report@1");
  const records = Object.values<object>(factsSchema.$defs).filter((definition) => "properties" in definition);
  const described = records.flatMap((definition) => {
    const { type } = objectAt(definition, "properties");
    if (!hasKeys(type) || !("const" in type || "enum" in type)) return [];
    return Array.isArray(type.enum) ? type.enum : [type.const];
  });
  expect(described.length).toBeGreaterThan(20);
  expect(described.filter((type) => !seen.has(type))).toEqual([]);
});

test("the report schema names the verdicts, severities and exit codes that there are", () => {
  const { verdict, severity } = reportSchema.$defs;
  expect(verdict.enum).toEqual(verdicts);
  expect(severity.enum).toEqual(severities);
  const ofVerdicts = Object.values(verdictTable).map(({ exitCode }) => exitCode);
  const codes = new Set<number>([EXIT_USAGE, EXIT_INTERRUPTED, ...ofVerdicts]);
  expect(new Set(reportSchema.properties.exitCode.enum)).toEqual(codes);
});

test("the report schema accepts the report of an HTTP answer that is no stream, and of a server that is gone", async () => {
  const server = createServer((_request, response) => {
    response.writeHead(401, { "content-type": "application/json" }).end('{"error":{"message":"no key"}}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const url = `http://127.0.0.1:${address.port}/`;
  const [answered] = await printed("report", [url]);
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  const [gone] = await printed("report", [url]);
  expect(answered).toMatchObject({ verdict: "not-a-stream", http: { status: 401 } });
  expect(gone).toMatchObject({ verdict: "transport-error", http: null });
  expect([...faultsOf("report", answered), ...faultsOf("report", gone)]).toEqual([]);
});

test("the report schema accepts the report of a stream that was joined, and lets nothing else pass in its breaks", async () => {
  let connections = 0;
  const { origin } = await serve(() => {
    connections += 1;
    return connections > 2 ? { status: 204, body: "" } : { body: `retry: 0\nid: ${connections}\ndata: x\n\ndata: cut` };
  });
  const [report = {}] = await printed("report", [origin, "--reconnect"]);
  expect(report).toMatchObject({ breaks: [{ lastEventId: "1", startingAfter: null, lostBytes: 9 }] });
  expect(faultsOf("report", report)).toEqual([]);
  expect(faultsOf("report", changed(report, ["breaks", 0, "offset"], undefined))).not.toEqual([]);
  expect(faultsOf("report", changed(report, ["breaks", 0, "other"], 1))).not.toEqual([]);
});

test("the report schema accepts the report of an interrupted run, and of one stopped by an event over the limit", async () => {
  const { path, bytes } = fixtureNamed("openai-responses/hey.sse");
  const [interrupted] = await printed("report", ["-"], { stdin: [bytes], interrupt: AbortSignal.abort() });
  const { stdout } = await run(["--json", "--max-event-size", "1K", path]);
  const stopped = parseObject(stdout);
  expect(interrupted).toMatchObject({ interrupted: true, exitCode: 130 });
  expect(stopped).toMatchObject({ verdict: "truncated", exitCode: 2 });
  expect([...faultsOf("report", interrupted), ...faultsOf("report", stopped)]).toEqual([]);
});

test.each([
  ["no record", "hello"],
  ["a type that there is not", { type: "ping" }],
  ["a line 0", { type: "comment", text: "", line: 0, offset: 0 }],
  ["a negative offset", { type: "comment", text: "", line: 1, offset: -1 }],
  ["half a millisecond", { type: "retry", ms: 0.5, line: 1, offset: 0 }],
  ["an event without a name", wireEvent({ event: "" })],
  ["an event whose data is no text", wireEvent({ data: null })],
  ["an event of no length", wireEvent({ length: 0 })],
  ["a pending event without its place", wireEnd({ pending: { event: "message", data: "" } })],
])("the wire schema rejects %s", (_what, record) => {
  expect(faultsOf("wire", wireEvent({}))).toEqual([]);
  expect(faultsOf("wire", wireEnd({}))).toEqual([]);
  expect(faultsOf("wire", record)).not.toEqual([]);
});

function wireEvent(change: JsonObject): JsonObject {
  const event = { type: "event", event: "message", data: "", lastEventId: "", index: 0, line: 1, offset: 0, length: 7 };
  return { ...event, ...change };
}

function wireEnd(change: JsonObject): JsonObject {
  return { type: "end", bytes: 7, events: 1, lastEventId: "", pending: null, ...change };
}

test.each([
  ["a kind of text that there is not", { type: "song-delta" }],
  ["text that is none", { text: 7 }],
  ["a delta that says it is not late", { late: false }],
  ["an item at no position", { item: -1 }],
  ["the key of another fact", { outcome: null }],
  ["an end that is late", { type: "text-end", late: true }],
])("the facts schema rejects %s", (_what, change) => {
  const delta = { type: "text-delta", response: 0, item: 0, part: 0, text: "hey", event: 4 };
  expect(faultsOf("facts", delta)).toEqual([]);
  expect(faultsOf("facts", { ...delta, ...change })).not.toEqual([]);
});

test.each<[what: string, path: (string | number)[], to: unknown]>([
  ["another version", ["schema"], "ssescope/report@2"],
  ["a verdict that there is not", ["verdict"], "fine"],
  ["an exit code that does not exist", ["exitCode"], 99],
  ["an event type that never came", ["eventTypes", "ping"], 0],
  ["a response without a verdict", ["responses", 0, "verdict"], undefined],
  ["a response with an unknown key", ["responses", 0, "mood"], "good"],
  ["an item without a type", ["responses", 0, "items", 0, "type"], undefined],
  ["an item with an unknown key", ["responses", 0, "items", 0, "mood"], "good"],
  ["a count of tokens that is text", ["responses", 0, "usage", "totalTokens"], "18"],
  ["a count of tokens that is left out", ["responses", 0, "usage", "cachedInputTokens"], undefined],
  ["half a sequence", ["responses", 0, "sequence", "last"], undefined],
  ["a rule id that is none", ["findings", 0, "rule"], "No Terminal"],
  ["a severity that there is not", ["findings", 0, "severity"], "fatal"],
  ["a finding with an unknown key", ["findings", 0, "hint"], "none"],
  ["a pending event without data", ["pending", "data"], undefined],
])("the report schema rejects %s", async (_what, path, to) => {
  const [report = {}] = await printed("report", [fixtureNamed("broken/cut-before-blank-line.sse").path]);
  expect(faultsOf("report", report)).toEqual([]);
  expect(faultsOf("report", changed(report, path, to))).not.toEqual([]);
});
