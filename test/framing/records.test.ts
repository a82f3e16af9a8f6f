// Records: bodies of a table or topic, one a line.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { framings } from "../../src/framing/index.ts";
import { run } from "../support/io.ts";
import { answer } from "../support/stream.ts";

const BODY = answer("hey");

interface Line {
  readonly source: string;
  readonly verdict: string;
  readonly exit_code: number;
  readonly stream_index: number;
  readonly stream_line: number;
  readonly error_message: string | null;
  readonly first_token_ms: number | null;
}

async function rowsOf(lines: readonly unknown[], ...argv: readonly string[]) {
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const ended = await run(["check", "--no-config", "--framing", "records", "--reporter", "rows", ...argv, "-"], {
    stdin: [text],
  });
  const rows = ended.stdout.split("\n").filter((line) => line !== "");
  return { ...ended, rows: rows.map((line): Line => JSON.parse(line)) };
}

/** How the framing of an input that begins so is detected. */
function detected(text: string, complete = true): string | undefined {
  return framings.find((framing) => framing.detect(Buffer.from(text), complete) !== false)?.name;
}

describe("Lines of records are detected", () => {
  test.each([
    ["with a body of text", { source: "a", body: BODY }],
    ["with an encoded body", { source: "a", bodyBase64: Buffer.from(BODY).toString("base64") }],
    ["with all keys", { source: "a", times: [[1, 2]], status: 200, headers: {}, request: {}, body: BODY }],
    ["with JSON lines in the body", { source: "a", body: '{"a":1}\n{"a":2}\n' }],
  ])("%s", (_, record) => {
    expect(detected(`${JSON.stringify(record)}\n`)).toBe("records");
  });

  test("before a large first line has ended", () => {
    const text = JSON.stringify({ source: "a", body: BODY.repeat(1000) });
    expect(detected(text.slice(0, 100_000), false)).toBe("records");
  });
});

test.each([
  ["a log line", { source: "app", body: "GET / 200" }],
  ["a log of lines of a stream", { source: "app", body: 'data: {"a":1}' }],
  ["with other keys", { source: "app", body: "data: 1\n\ndata: 2\n\n", level: "info" }],
  ["without a body", { source: "app", times: [] }],
  ["a chunk", { id: "c", object: "chat.completion.chunk", choices: [] }],
])("Other lines of JSON are not records: %s", (_, line) => {
  expect(detected(`${JSON.stringify(line)}\n${JSON.stringify(line)}\n`)).not.toBe("records");
});

test("Each record is a stream with its own source, whatever stands on other lines", async () => {
  const { rows, exitCode } = await rowsOf([
    { source: "a", body: BODY },
    "not JSON",
    '{"source":"half","body":"da',
    { source: "a", body: BODY },
    "  ",
    { source: "empty", body: "" },
    { source: "none" },
    { source: "both", body: BODY, bodyBase64: "aGV5" },
    { source: "number", body: 5 },
    { source: "damaged", bodyBase64: "§" },
    { source: "times", body: BODY, times: [[5, 1]] },
    { source: "order", body: BODY, times: [[5, 1], [4, 1]] }, // prettier-ignore
    { body: BODY },
    { source: "b", body: BODY, bodyBase64: null, times: null, status: null, headers: null, request: null },
  ]);
  expect(
    rows.map(({ source, stream_line: line, stream_index: index, verdict }) => [source, line, index, verdict]),
  ).toEqual([
    ["a", 1, 0, "completed"],
    ["-", 2, 0, "not-a-stream"],
    ["half", 3, 0, "not-a-stream"],
    ["a", 4, 1, "completed"],
    ["empty", 6, 0, "not-a-stream"],
    ["none", 7, 0, "not-a-stream"],
    ["both", 8, 0, "not-a-stream"],
    ["number", 9, 0, "not-a-stream"],
    ["damaged", 10, 0, "not-a-stream"],
    ["times", 11, 0, "not-a-stream"],
    ["order", 12, 0, "not-a-stream"],
    ["-", 13, 1, "not-a-stream"],
    ["b", 14, 0, "completed"],
  ]);
  expect(rows[2]?.error_message).toBe(
    "line 3 is not a record: it is not one JSON object; a record needs `source`, and `body` or `bodyBase64` (keys: src/rows/engines/README.md in $(npm root)/ssescope, or $(npm root --global)/ssescope)",
  );
  expect(rows[11]?.error_message).toContain(
    "line 13 is not a record: it has no `source`; a record needs `source`, and",
  );
  expect(rows[9]?.error_message).toMatch(/^line 11 is not a record: `times` has 1 bytes, but the body has \d+$/);
  expect(exitCode).toBe(7);
});

test("No record is no row, and no fault: a partition may be empty", async () => {
  expect(await rowsOf([])).toEqual({ exitCode: 0, stdout: "", stderr: "", rows: [] });
  expect(await rowsOf(["\n \r\n"])).toMatchObject({ exitCode: 0, rows: [] });
});

test("Times are those that were stored, also of a compressed body and as structs of an engine", async () => {
  const half = BODY.length / 2;
  const zipped = gzipSync(BODY);
  const { rows } = await rowsOf([
    { source: "text", body: BODY, times: [[100, Math.floor(half)], [300, Math.ceil(half)], [900, 0]] }, // prettier-ignore
    { source: "structs", body: BODY, times: [{ ms: 250, bytes: BODY.length }] },
    { source: "gzip", bodyBase64: zipped.toString("base64"), times: [[70, zipped.length]] },
    { source: "none", body: BODY },
  ]);
  expect(rows.map(({ verdict, first_token_ms: ms }) => [verdict, ms])).toEqual([
    ["completed", expect.any(Number)],
    ["completed", 250],
    ["completed", 70],
    ["completed", null],
  ]);
});

test("A line over the limit is passed over, and its row names its source", async () => {
  const { rows, exitCode } = await rowsOf(
    [
      { source: "a", body: "data: 1\n\n" },
      { source: "large", body: BODY.repeat(9) },
      { source: "b", body: "data: 1\n\n" },
    ],
    "--max-event-size",
    "2000",
  );
  expect(rows.map(({ source, exit_code: code }) => [source, code])).toEqual([["a", 0], ["large", 2], ["b", 0]]); // prettier-ignore
  expect(rows[1]?.error_message).toContain("the record at line 2");
  expect(exitCode).toBe(2);
});

test("A body may become as large as the limit says, each by itself", async () => {
  const bodyBase64 = gzipSync(BODY).toString("base64");
  const limit = String(BODY.length);
  const { rows } = await rowsOf(
    [
      { source: "a", bodyBase64 },
      { source: "b", bodyBase64 },
    ],
    "--max-decoded-size",
    limit,
  );
  expect(rows.map(({ verdict }) => verdict)).toEqual(["completed", "completed"]);
  const less = await rowsOf([{ source: "a", bodyBase64 }], "--max-decoded-size", "100");
  expect(less.rows[0]).toMatchObject({ source: "a", exit_code: 2 });
});

test("A finding points to the line of the record, and to the line in its body", async () => {
  const cut = BODY.slice(0, BODY.indexOf("event: response.completed"));
  const input = `${JSON.stringify({ source: "whole", body: BODY })}\n${JSON.stringify({ source: "cut", body: cut })}\n`;
  const { stdout } = await run(["check", "--no-config", "--reporter", "ndjson", "-"], { stdin: [input] });
  const [, second = ""] = stdout.split("\n");
  const checked: { source: string; findings: Record<string, number>[] } = JSON.parse(second);
  expect(checked.source).toBe("cut");
  const [{ line, bodyLine = 0, offset } = {}] = checked.findings;
  expect(line).toBe(2);
  const atLine = cut.split("\n").slice(bodyLine - 1, bodyLine)[0] ?? "";
  expect(Buffer.from(input).subarray(offset).toString()).toMatch(
    new RegExp(
      `^${JSON.stringify(atLine)
        .slice(1, -1)
        .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}`,
    ),
  );
});

async function checkedOf(record: Readonly<Record<string, unknown>>) {
  const { rows } = await rowsOf([{ source: "a", body: BODY, ...record }]);
  return rows[0];
}

test.each([
  [{ startedAt: 1_764_530_000 }, "`startedAt` is not a time: write ISO 8601 or ms since 1970, not seconds"],
  [{ startedAt: 1_764_530_000_000_000 }, "`startedAt` is not a time"],
  [{ startedAt: "yesterday" }, "`startedAt` is not a time"],
  [{ startedAt: "5" }, "`startedAt` is not a time"],
  [{ startedAt: "2026-13-77" }, "`startedAt` is not a time"],
  [{ status: 20 }, "`status` is not an HTTP status"],
  [{ status: "fine" }, "`status` is not an HTTP status"],
  [{ request: "POST /v1/responses" }, "`request` is not an object"],
])("A key that does not have its form is named: %j", async (record, why) => {
  expect(await checkedOf(record)).toMatchObject({
    source: "a",
    verdict: "not-a-stream",
    error_message: expect.stringContaining(`line 1 is not a record: ${why}`),
  });
});

test("Empty values of a table are missing ones", async () => {
  expect(await checkedOf({ startedAt: "", status: 0, request: {}, headers: {}, error: "" })).toMatchObject({
    verdict: "completed",
    started_at: null,
    http_status: null,
    request_path: null,
  });
  expect(await checkedOf({ startedAt: 1_764_530_000_000 })).toMatchObject({ started_at: "2025-11-30T19:13:20.000Z" });
});

describe("What was stored of the exchange", () => {
  const request = { method: "post", url: "/v1/responses?key=secret", body: { model: "model-1", stream: true } };
  const seen = { request_method: "POST", request_path: "/v1/responses", request_model: "model-1" };

  test("has the request without a status, and with only its path", async () => {
    expect(await checkedOf({ request })).toMatchObject({ ...seen, http_status: null });
    expect(await checkedOf({ request, status: 200 })).toMatchObject({ ...seen, http_status: 200 });
    const url = "https://api.example.com/v1/responses";
    expect(await checkedOf({ request: { ...request, url } })).toMatchObject({ ...seen, http_status: null });
  });

  test("has no status if only headers or a content type were stored", async () => {
    const type = "text/event-stream";
    for (const record of [{ contentType: type }, { headers: { "content-type": type } }, { headers: { server: "x" } }])
      expect(await checkedOf(record)).toMatchObject({ http_status: null, verdict: "completed" });
  });

  test.each([
    [{ status: 200 }, []],
    [{ status: 200, headers: {} }, []],
    [{ status: 200, headers: { server: "x" } }, ["content-type"]],
    [{ status: 200, contentType: "text/html" }, ["content-type"]],
  ])("has a finding on the content type only if headers were stored: %j", async (record, rules) => {
    const line = JSON.stringify({ source: "a", body: BODY, ...record });
    const argv = ["check", "--no-config", "--framing", "records", "--reporter", "json", "-"];
    const { stdout } = await run(argv, { stdin: [line] });
    const { streams }: { streams: { findings: { rule: string }[] }[] } = JSON.parse(stdout);
    expect(streams.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toEqual(rules);
  });

  test.each([
    ["ECONNRESET", "ECONNRESET", "the connection ended early"],
    [{ code: "ETIMEDOUT" }, "ETIMEDOUT", "the connection ended early"],
    [{ code: "ECONNRESET", message: "ECONNRESET" }, "ECONNRESET", "the connection ended early"],
    ["socket hang up", "ECONNRESET", "socket hang up"],
  ])("says once what ended the connection: %j", async (error, code, message) => {
    const cut = BODY.slice(0, BODY.indexOf("event: response.completed"));
    expect(await checkedOf({ body: cut, error })).toMatchObject({ error_code: code, error_message: message });
  });
});
