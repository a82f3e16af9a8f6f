import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { geminiInteractions } from "../../../src/dialects/gemini-interactions/gemini-interactions.ts";
import { gemini } from "../../../src/dialects/gemini/gemini.ts";
import { reportOf } from "../../support/read-report.ts";
import { factsOf, faultOf } from "../../support/read-with.ts";
import { data } from "../../support/stream.ts";

describe("detection", () => {
  test.each([
    ["gemini", '{"candidates":[]}'],
    ["gemini", '{"promptFeedback":{"blockReason":"SAFETY"}}'],
    ["gemini", '{"usageMetadata":{"promptTokenCount":1},"modelVersion":"gemini-2.5-pro"}'],
    ["gemini-interactions", '{"event_type":"step.stop","index":0}'],
    ["gemini-live", '{"usageMetadata":{"promptTokenCount":1},"serverContent":{}}'],
    ["gemini", '{"response":{"candidates":[]},"traceId":"1"}'],
    ["generic", '{"response":{"candidates":3},"traceId":"1"}'],
    ["generic", '{"candidates":3}'],
    ["generic", '{"event_type":"error","error":{"message":"gone"}}'],
    ["generic", '{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}'],
    ["generic", '{"candidates":['],
  ])("is %s for %s", async (dialect, first) => {
    expect(await reportOf(data(first))).toMatchObject({ dialect });
  });

  test("uses the event's name if the payload is damaged", async () => {
    const input = `event: step.delta\ndata: {"index":0,\n\n`;
    expect(await reportOf(input)).toMatchObject({ dialect: "gemini-interactions", verdict: "truncated" });
  });
});

/** A chunk of the first candidate, with `fields` besides its parts. */
function chunk(parts: readonly unknown[], fields: object = {}): string {
  return data(JSON.stringify({ candidates: [{ content: { parts, role: "model" }, ...fields }] }));
}

function two(first: object, second: object): string {
  return data(JSON.stringify({ candidates: [first, second] }));
}

function feedback(promptFeedback: object): string {
  return data(JSON.stringify({ promptFeedback }));
}

function usage(usageMetadata: object): string {
  return data(JSON.stringify({ candidates: [], usageMetadata }));
}

describe("Gemini", () => {
  test.each([
    ["STOP", "completed"],
    ["SAFETY", "refused"],
    ["RECITATION", "refused"],
    ["BLOCKLIST", "refused"],
    ["PROHIBITED_CONTENT", "refused"],
    ["SPII", "refused"],
    ["IMAGE_SAFETY", "refused"],
    ["IMAGE_PROHIBITED_CONTENT", "refused"],
    ["MAX_TOKENS", "incomplete"],
    ["LANGUAGE", "incomplete"],
    ["OTHER", "incomplete"],
    ["MALFORMED_FUNCTION_CALL", "incomplete"],
    ["TIDE", "incomplete"],
    ["FINISH_REASON_UNSPECIFIED", "truncated"],
  ])("finishes with %s as %s", async (finishReason, verdict) => {
    expect(await reportOf(chunk([{ text: "a" }], { finishReason }))).toMatchObject({ verdict });
  });

  test("a blocked prompt is refused, one that was only inspected is not", async () => {
    expect(await reportOf(feedback({ blockReason: "JAILBREAK" }))).toMatchObject({ verdict: "refused", exitCode: 8 });
    for (const harmless of [{ safetyRatings: [] }, { blockReason: "BLOCK_REASON_UNSPECIFIED" }]) {
      const input = feedback(harmless) + chunk([{ text: "a" }], { finishReason: "STOP" });
      expect(await reportOf(input)).toMatchObject({ verdict: "completed", exitCode: 0 });
    }
  });

  test("an unfinished candidate makes the response incomplete", async () => {
    const [stop, open] = [
      { index: 0, finishReason: "STOP" },
      { index: 1, content: { parts: [{ text: "b" }] } },
    ];
    expect(await reportOf(two(stop, open))).toMatchObject({ verdict: "truncated" });
    expect(await reportOf(two(stop, { ...open, finishReason: "SAFETY" }))).toMatchObject({ verdict: "refused" });
    expect(await reportOf(two(stop, { ...open, finishReason: "STOP" }))).toMatchObject({ verdict: "completed" });
  });

  test("an error after the end still counts", async () => {
    const input = chunk([{ text: "a" }], { finishReason: "STOP" }) + data('{"error":{"status":"INTERNAL"}}');
    const { verdict, responses } = await reportOf(input);
    expect(verdict).toBe("failed");
    expect(responses[0]?.error).toMatchObject({ type: "INTERNAL" });
  });

  test("counts are null if none were reported, and an object without counts is not usage", async () => {
    expect((await reportOf(usage({ trafficType: "ON_DEMAND" }))).responses[0]?.usage).toBeNull();
    const { responses } = await reportOf(usage({ promptTokenCount: 3, candidatesTokenCount: -1 }));
    expect(responses[0]?.usage).toMatchObject({ inputTokens: 3, outputTokens: null, reasoningTokens: null });
  });

  test("a call whose beginning is not in the capture has no name, but its arguments as far as captured", async () => {
    const partialArgs = [{ jsonPath: "$.harbour", stringValue: "Oban" }];
    const { responses } = await reportOf(chunk([{ functionCall: { partialArgs } }], { finishReason: "STOP" }));
    expect(responses[0]?.items).toMatchObject([{ type: "function_call", arguments: '{"harbour":"Oban"}' }]);
    expect(responses[0]?.items[0]?.name).toBeUndefined();
  });

  test("a streamed call is complete when another part begins", async () => {
    const open = { name: "a", willContinue: true, partialArgs: [{ jsonPath: "$.b[0]", numberValue: 1 }] };
    const input = chunk([{ functionCall: open }]) + chunk([{ text: "c" }], { finishReason: "STOP" });
    expect((await reportOf(input)).responses[0]?.items).toMatchObject([
      { arguments: '{"b":[1]}', status: null },
      { text: "c" },
    ]);
  });
});

test.each([
  (deep: string) => `{"candidates":[{"content":{"parts":[{"functionCall":{"name":"a","args":{"b":${deep}}}}]}}]}`,
  (deep: string) => `{"candidates":[{"content":{"parts":[{"toolResponse":{"id":"a","response":{"b":${deep}}}}]}}]}`,
  (deep: string) => `{"event_type":"step.delta","delta":{"type":"google_search_call","arguments":${deep}}}`,
])("Values nested too deep to be written are read (%#)", async (payloadWith) => {
  const DEPTH = 200_000;
  const { dialect, verdict } = await reportOf(data(payloadWith("[".repeat(DEPTH) + "]".repeat(DEPTH))));
  expect(dialect).toMatch(/^gemini/);
  expect(verdict).toBe("truncated");
});

test("Events of interactions without an event line are counted by their type", async () => {
  const input = data('{"event_type":"step.stop","index":0}');
  expect(await reportOf(input)).toMatchObject({ eventTypes: { "step.stop": 1 } });
});

test("The worst finish reason of a candidate counts, in any order", async () => {
  const input = chunk([{ text: "a" }], { finishReason: "MAX_TOKENS" }) + chunk([], { finishReason: "STOP" });
  expect(await reportOf(input)).toMatchObject({ verdict: "incomplete", responses: [{ reason: "MAX_TOKENS" }] });
});

describe("Any payload is read, whatever its fields contain:", () => {
  const words = fc.constantFrom(
    "text",
    "a",
    "",
    "STOP",
    "image/png",
    "$.a[0].b",
    "$",
    "function_call",
    "google_search_call",
    "__proto__",
  );
  const leaf = fc.oneof(words, fc.boolean(), fc.integer(), fc.constant(null), fc.double());

  test.each([
    [
      gemini,
      [
        "candidates",
        "content",
        "parts",
        "text",
        "thought",
        "functionCall",
        "name",
        "args",
        "partialArgs",
        "jsonPath",
        "stringValue",
        "numberValue",
        "willContinue",
        "executableCode",
        "code",
        "codeExecutionResult",
        "output",
        "id",
        "toolCall",
        "toolResponse",
        "response",
        "inlineData",
        "mimeType",
        "data",
        "groundingMetadata",
        "groundingChunks",
        "finishReason",
        "index",
        "usageMetadata",
        "promptTokenCount",
        "promptFeedback",
        "blockReason",
        "responseId",
        "error",
      ],
    ],
    [
      geminiInteractions,
      [
        "event_type",
        "interaction",
        "id",
        "model",
        "status",
        "usage",
        "total_tokens",
        "index",
        "step",
        "delta",
        "content",
        "type",
        "text",
        "arguments",
        "result",
        "is_error",
        "summary",
        "annotations",
        "data",
        "name",
        "call_id",
        "error",
      ],
    ],
  ] as const)("$name", (dialect, keys) => {
    const types = fc.constantFrom(
      "interaction.created",
      "interaction.status_update",
      "step.start",
      "step.delta",
      "step.stop",
      "interaction.completed",
      "error",
    );
    const tree = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 6 }, leaf, fc.array(tie("value"), { maxLength: 3 }), tie("object")),
      object: fc.dictionary(fc.constantFrom<string>(...keys), tie("value"), { maxKeys: 6 }),
    })).object;
    const events = fc.array(fc.tuple(types, tree), { maxLength: 8 });
    fc.assert(
      fc.property(events, (payloads) => {
        const named = payloads.map(([event, payload]) => ({ event, data: JSON.stringify(payload) }));
        expect(faultOf(factsOf(dialect, named))).toBeNull();
      }),
      { numRuns: 300, seed: 20_261_123 },
    );
  });
});
