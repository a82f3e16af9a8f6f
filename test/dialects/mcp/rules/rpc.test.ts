import { expect, test } from "vitest";
import { rpcRules } from "../../../../src/dialects/mcp/rules/rpc.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";
import { data } from "../../../support/stream.ts";
import { findingsOf } from "../../../rules/support/found.ts";

function messages(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify({ jsonrpc: "2.0", ...payload }))).join("");
}

const initialized = { id: 0, result: { protocolVersion: "2025-11-25", serverInfo: { name: "Tides", version: "1" } } };

test("request-answered-twice is found at each response after the first to an id", async () => {
  const error = { id: 1, error: { code: -32603, message: "no" } };
  const findings = await findingsOf(rpcRules, messages({ id: 1, result: {} }, { id: 2, result: {} }, error, error));
  expect(findings).toMatchObject([
    { rule: "request-answered-twice", severity: "error", event: 2, seen: "1" },
    { event: 3, seen: "1" },
  ]);
});

test.each([
  [
    "the ids are a number and a word",
    [
      { id: 1, result: {} },
      { id: "1", result: {} },
    ],
  ],
  [
    "a request of the server has the id",
    [
      { id: 1, method: "roots/list" },
      { id: 1, result: {} },
    ],
  ],
  ["another session begins", [initialized, { id: 1, result: {} }, initialized, { id: 1, result: {} }]],
  [
    "the errors have no id, because the requests could not be read",
    [
      { id: null, error: {} },
      { id: null, error: {} },
    ],
  ],
])("request-answered-twice is not found if %s", async (_, payloads) => {
  expect(await findingsOf(rpcRules, messages(...payloads))).toEqual([]);
});

test("A message without a version is found once", async () => {
  const { bytes } = fixtureNamed("rules/rpc-version-missing.invalid.sse");
  const once = Buffer.from(bytes).toString();
  const findings = await findingsOf(rpcRules, once + once.replace('"id":1', '"id":2'));
  expect(findings).toMatchObject([{ rule: "rpc-version-missing", severity: "error", expected: "2.0", seen: null }]);
});

test("Another version is found", async () => {
  const [first, second] = ["2.0", "1.0"].map(
    (jsonrpc, id) => `data: ${JSON.stringify({ jsonrpc, id, result: {} })}\n\n`,
  );
  const findings = await findingsOf(rpcRules, `${first}${second}`);
  expect(findings).toMatchObject([{ rule: "rpc-version-missing", seen: "1.0" }]);
});
