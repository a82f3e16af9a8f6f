// Checked streams in, rows out: what the published schema says, and nothing lost.
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Checked } from "../../src/check/checked.ts";
import { columns } from "../../src/rows/columns.ts";
import { rowsOf } from "../../src/rows/rows-of.ts";
import rowSchema from "../../src/schemas/row.schema.json" with { type: "json" };
import { checkedOf, findingOf, responseOf, unreadable } from "../reporters/support/checked.ts";
import { everyDisguise, hostileStream } from "../reporters/support/hostile.ts";

const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(rowSchema);

/** What the schema has against a value. */
function faultsOf(value: unknown): readonly string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const gapMs = { p50: 20, p95: 31.5, p99: 40, max: 400, maxAfter: null };
const timed = responseOf({
  timing: {
    ttftMs: 320,
    firstTextMs: 350,
    gapMs,
    generationMs: 1200,
    outputTokensPerSecond: 40.5,
    rateHasReasoning: false,
    totalMs: 1600,
  },
});
const several = checkedOf([findingOf()], {
  source: "ci.log",
  stream: { name: "api-1", line: 12, skippedLines: 3 },
  startedAt: "2026-11-23T09:30:00.000Z",
  verdict: "failed",
  responses: [timed, responseOf({ verdict: "failed", usage: null, error: { type: "e", code: "c", message: "m" } })],
  checkCode: 3,
});
const noStream = checkedOf([], { verdict: "not-a-stream", responses: [], dialect: null });

test.each<[what: string, checked: Checked]>([
  ["one response", checkedOf()],
  ["several responses", several],
  ["not a stream", noStream],
  ["an unreadable source", unreadable("gone.sse")],
  ["hostile text", hostileStream(everyDisguise)],
])("%s: rows are what the schema says, with all columns in their order", (_what, checked) => {
  for (const row of rowsOf(checked)) {
    expect(faultsOf(JSON.parse(JSON.stringify(row)))).toEqual([]);
    expect(Object.keys(row)).toEqual(columns.map(({ name }) => name));
  }
});

test("each response is a row, with its own verdict, times and error, and the findings of the stream", () => {
  const [first, second] = rowsOf(several);
  expect(first).toMatchObject({
    source: "ci.log",
    stream_name: "api-1",
    response_index: 0,
    responses: 2,
    verdict: "completed",
    failed: false,
    stream_verdict: "failed",
    first_token_ms: 320,
    longest_gap_ms: 400,
    tokens_per_second: 40.5,
    total_tokens: 18,
    errors: 1,
    rules: { "sequence-gap": 1 },
    started_at: "2026-11-23T09:30:00.000Z",
  });
  expect(second).toMatchObject({
    response_index: 1,
    verdict: "failed",
    failed: true,
    error_message: "m",
    first_token_ms: null,
    total_tokens: null,
    errors: 1,
  });
});

test("a stream without responses, and a source that cannot be read, are a row each", () => {
  expect(rowsOf(noStream)).toMatchObject([{ verdict: "not-a-stream", failed: true, responses: 0, events: 9 }]);
  expect(rowsOf(unreadable("gone.sse"))).toMatchObject([
    {
      verdict: "unreadable",
      failed: true,
      responses: 0,
      events: null,
      exit_code: 2,
      error_message: "no such file; check the path",
    },
  ]);
});

test("text is cut, and the name of the source is not", () => {
  const long = "x".repeat(5000);
  const [row] = rowsOf(checkedOf([], { source: long, responses: [responseOf({ model: long })] }));
  expect(row?.source).toBe(long);
  expect(row?.model).toBe(`${"x".repeat(1000)}…`);
});

function idOf(checked: Checked, index = 0): string | undefined {
  return rowsOf(checked)[index]?.row_id;
}

describe("the id of a row", () => {
  test("is the same for the same response, whatever is known of it", () => {
    expect(idOf(checkedOf())).toMatch(/^[\da-f]{32}$/);
    expect(idOf(checkedOf())).toBe(idOf(checkedOf([findingOf()], { verdict: "failed" })));
  });

  test("is another one for another source, stream, response, exchange or time", () => {
    const request = { method: "POST", path: "/", headers: {}, model: null, stream: true };
    const ids = [
      idOf(several),
      idOf(several, 1),
      idOf({ ...several, streamIndex: 1 }),
      idOf({ ...several, source: "b.log" }),
      idOf(checkedOf([], { source: "ci.log" })),
      idOf(checkedOf([], { source: "ci.log", request: { ...request, exchange: 1 } })),
      idOf(checkedOf([], { source: "ci.log", request: { ...request, exchange: 2 } })),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test("sizes that came along are taken, for the texts may be gone", () => {
  const sizes = [{ textCharacters: 7, items: 2, toolCalls: 1 }];
  expect(rowsOf({ ...checkedOf(), sizes })).toMatchObject([{ text_characters: 7, items: 2, tool_calls: 1 }]);
});
