import { describe, expect, test } from "vitest";
import { mcp } from "../../../src/dialects/mcp/mcp.ts";
import { data } from "../../support/stream.ts";
import { reportOf } from "../../support/read-report.ts";
import { claimantsOf } from "../../support/claims.ts";
import { type NamedData, unnamed } from "../../support/named-data.ts";
import { factsOf } from "../../support/read-with.ts";

function messages(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify({ jsonrpc: "2.0", ...payload }))).join("");
}

const progress = { method: "notifications/progress", params: { progressToken: 1, progress: 1 } };
const log = { method: "notifications/message", params: { level: "info", data: "calm" } };
const empty = { id: 1, result: {} };

test.each<NamedData>([
  unnamed({ jsonrpc: "2.0", id: 0, result: {} }),
  unnamed({ jsonrpc: "2.0", ...progress }),
  { event: "endpoint", data: "/messages?session_id=1" },
  { event: "endpoint", data: "https://tides.example/messages" },
  unnamed([{ jsonrpc: "2.0", id: 0, result: {} }]),
])("No other dialect claims the event %j", (event) => {
  expect(claimantsOf(event)).toEqual(["mcp"]);
});

describe("A request of the client", () => {
  test.each<[string, readonly object[], string]>([
    ["answered", [empty], "completed"],
    ["answered by an error", [{ id: 1, error: { code: -32601, message: "no" } }], "failed"],
    ["answered by a tool that failed", [{ id: 1, result: { content: [], isError: true } }], "completed"],
    ["not answered", [progress], "truncated"],
    ["not answered, with only a log", [log], "truncated"],
    ["not answered, after one that was", [empty, progress], "truncated"],
    ["not answered, because the server asks first", [empty, { id: 7, method: "roots/list" }], "truncated"],
    ["answered, and a log after it", [empty, log], "completed"],
    ["answered, and a ping after it", [empty, { id: 7, method: "ping" }], "completed"],
  ])("that is %s", async (_, payloads, verdict) => {
    expect(await reportOf(messages(...payloads))).toMatchObject({ dialect: "mcp", verdict });
  });

  test.each([
    [0, "0"],
    ["a", "a"],
    [null, null],
  ])("with the id %j", async (id, expected) => {
    expect((await reportOf(messages({ id, result: {} }))).responses).toMatchObject([{ id: expected }]);
  });
});

test("The progress of two requests is separated by token", async () => {
  const other = { method: "notifications/progress", params: { progressToken: "1", progress: 4, total: 8 } };
  const again = { method: "notifications/progress", params: { progressToken: 1, progress: 2, message: "half" } };
  const { responses } = await reportOf(messages(progress, { ...other }, again, empty));
  expect(responses[0]?.items).toMatchObject([
    { type: "notifications/progress", detail: "1", status: "2: half" },
    { type: "notifications/progress", detail: "4 of 8", status: null },
  ]);
});

test.each<[unknown, string | undefined]>([
  [{ level: "info", logger: "tides", data: "calm" }, "info tides: calm"],
  [{ level: "error", data: { msg: "storm" } }, "error: storm"],
  [{ data: { message: "storm" } }, "storm"],
  [{ level: "info", data: [1] }, "info: [1]"],
  [{}, undefined],
  ["calm", undefined],
])("The log %j says %j", async (params, detail) => {
  const { responses } = await reportOf(messages({ method: "notifications/message", params }, empty));
  expect(responses[0]?.items[0]?.detail).toBe(detail);
});

test("Unknown messages are passed on without a finding", () => {
  const facts = factsOf(
    mcp,
    [{ a: 1 }, { jsonrpc: "2.0", id: 1 }, { jsonrpc: "2.0", id: 1, result: [1] }].map(unnamed),
  );
  expect(facts.map(({ type }) => type)).toEqual(["unrecognized", "unrecognized", "unrecognized"]);
});

test("The endpoint event of older servers has no facts, other text has", () => {
  expect(factsOf(mcp, [{ event: "endpoint", data: "/messages?session_id=1" }])).toEqual([]);
  expect(factsOf(mcp, [{ event: "message", data: "/messages" }])).toMatchObject([{ type: "unreadable" }]);
  expect(factsOf(mcp, [unnamed([])])).toMatchObject([{ type: "unreadable" }]);
});
