import { describe, expect, test } from "vitest";
import { describeLargeResponse, describeWholeResponse } from "../../src/report/whole-response.ts";
import { reportOf } from "../support/read-report.ts";

const responses = {
  object: "response",
  id: "resp_1",
  status: "completed",
  error: null,
  usage: { input_tokens: 16, output_tokens: 2, total_tokens: 18 },
};
const chat = {
  object: "chat.completion",
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "hey" } }],
  usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 30 },
};
const anthropic = {
  type: "message",
  role: "assistant",
  content: [{ type: "text", text: "hey" }],
  stop_reason: "end_turn",
  usage: { input_tokens: 11, output_tokens: 4 },
};
const gemini = {
  candidates: [{ content: { parts: [{ text: "hey" }], role: "model" }, finishReason: "STOP" }],
  usageMetadata: { promptTokenCount: 4, candidatesTokenCount: 1, totalTokenCount: 5 },
};

const SAID = [
  [responses, "OpenAI Responses API, status completed, 16 + 2 = 18 tokens", "`stream: true`"],
  [chat, "OpenAI Chat Completions API, status stop, 9 + 1 tokens, 30 in total", "`stream: true`"],
  [anthropic, "Anthropic Messages API, status end_turn, 11 + 4 = 15 tokens", "`stream: true`"],
  [gemini, "Gemini API, status STOP, 4 + 1 = 5 tokens", "`streamGenerateContent?alt=sse`"],
] as const;

describe.each(SAID)("a whole response %#", (document, said, request) => {
  test.each([undefined, 2])(
    "is not a stream, and is described with its status and usage, indented by %s",
    async (indent) => {
      const report = await reportOf(JSON.stringify(document, null, indent));
      expect(report).toMatchObject({
        verdict: "not-a-stream",
        exitCode: 7,
        framing: null,
        responses: [],
        findings: [],
      });
      expect(report.error?.message).toBe(
        `a whole response (${said}), not a stream: was ${request} missing in the request?`,
      );
    },
  );
});

test("missing values of a response are left out", () => {
  expect(describeWholeResponse({ object: "response" }, false)).toContain("(OpenAI Responses API),");
  expect(describeWholeResponse({ candidates: [], usageMetadata: { totalTokenCount: 7 } }, false)).toContain(
    "API, 7 tokens)",
  );
  for (const usage of [
    { input_tokens: 5, total_tokens: 8 },
    { output_tokens: 3, total_tokens: 8 },
  ]) {
    expect(describeWholeResponse({ object: "response", usage }, false)).toContain("(OpenAI Responses API, 8 tokens)");
  }
  expect(describeWholeResponse({ promptFeedback: { blockReason: "SAFETY" }, usageMetadata: {} }, false)).toContain(
    "SAFETY",
  );
});

test("values of wrong types are left out, and other documents are not whole responses", () => {
  const odd = { object: "response", status: 7, usage: { input_tokens: "16", output_tokens: -1, total_tokens: null } };
  expect(describeWholeResponse(odd, false)).toContain("(OpenAI Responses API),");
  expect(describeWholeResponse({ object: "chat.completion", choices: "x", usage: [] }, false)).toContain(
    "Chat Completions API),",
  );
  expect(describeWholeResponse({ object: "list", data: [] }, false)).toBeNull();
  expect(describeWholeResponse({ type: "message", role: "user" }, false)).toBeNull();
});

test("a failed response is described by its error", async () => {
  const failed = { ...responses, status: "failed", error: { code: "server_error", message: "It broke." } };
  expect((await reportOf(JSON.stringify(failed))).error).toMatchObject({ code: "server_error", message: "It broke." });
});

test("one line is read as ndjson if the user names that framing", async () => {
  const report = await reportOf(JSON.stringify(chat), "--framing", "ndjson");
  expect(report).toMatchObject({ framing: "ndjson", events: 1 });
});

test.each<[object, string]>([
  [responses, "(OpenAI Responses API)"],
  [{ id: "chatcmpl-1", ...chat }, "(OpenAI Chat Completions API)"],
  [{ id: "msg_1", ...anthropic }, "(Anthropic Messages API)"],
])("one that is too large to be held is told by its first keys %#", async (document, name) => {
  const report = await reportOf(JSON.stringify({ ...document, padding: "x".repeat(100_000) }, null, 2));
  expect(report).toMatchObject({ verdict: "not-a-stream", exitCode: 7 });
  expect(report.error?.message).toContain(`a large whole response ${name}, not a stream`);
});

test("any other large document is described as such", async () => {
  const document = { id: 1, items: [{ object: "response" }, "x".repeat(100_000)] };
  const report = await reportOf(JSON.stringify({ kind: "x".repeat(300), ...document }, null, 2));
  expect(report.error?.message).toBe("a large JSON document, not a stream");
});

test.each(['{"object":"response","id"', '{\n  "object" : "response",', '{"object":\t"response"'])(
  "a large response is recognised by its first keys, with any spacing: %j",
  (beginning) => {
    expect(describeLargeResponse(beginning, false)).toContain("a large whole response (OpenAI Responses API)");
    expect(describeLargeResponse(beginning.replace("response", "list"), false)).toBeNull();
  },
);
