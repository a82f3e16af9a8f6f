// Each dialect knows its own first event, and no other dialect's.
import { describe, expect, test } from "vitest";
import { dialects } from "../../src/dialects/index.ts";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { captures, withoutCaptures } from "../support/captures.ts";
import { payloadsOf } from "../support/plain-reading.ts";
import { claims, unnamed, type NamedData } from "../support/read-with.ts";

const chatChunk = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "gpt-4o-mini", choices: [] };

/** By the name of the dialect, which this version may not have. */
const FIRST_EVENTS: readonly (readonly [dialect: string, NamedData])[] = [
  ["openai-responses", unnamed({ type: "response.created", sequence_number: 0, response: { id: "resp_1" } })],
  ["openai-responses", unnamed({ type: "error", code: "rate_limit", message: "slow down", sequence_number: 0 })],
  ["openai-chat", unnamed(chatChunk)],
  ["anthropic", { event: "message_start", data: '{"type":"message_start","message":{"id":"msg_1","usage":{}}}' }],
  ["anthropic", { event: "ping", data: '{"type":"ping"}' }],
  ["gemini", unnamed({ candidates: [{ content: { parts: [{ text: "a" }], role: "model" } }], modelVersion: "gemini" })],
  ["gemini-interactions", unnamed({ event_type: "interaction.created", interaction: { id: "v1_1" } })],
  ["cohere", { event: "message-start", data: '{"id":"a","type":"message-start","delta":{"message":{}}}' }],
  ["cohere", { event: "message-start", data: '{"id":"a","type":"message-st' }],
  ["cohere", unnamed({ type: "content-delta", index: 0, delta: { message: { content: { text: "a" } } } })],
  ["cohere", unnamed({ type: "tool-call-start", index: 0, delta: { message: { tool_calls: {} } } })],
  ["bedrock", unnamed({ messageStart: { role: "assistant" } })],
  ["ollama", unnamed({ model: "a", created_at: "2026-03-09T07:15:02Z", message: { content: "a" }, done: false })],
  ["ollama", unnamed({ model: "a", created_at: "2026-03-09T07:15:02Z", response: "a", done: false })],
  ["ollama", unnamed({ model: "a", created_at: "2026-03-09T07:15:02Z", response: "", done: true })],
  ["tgi", unnamed({ index: 1, token: { id: 450, text: "The", logprob: -0.2, special: false }, generated_text: null })],
  ["ai-sdk", unnamed({ type: "start", messageId: "msg-1" })],
  ["ai-sdk", unnamed({ type: "start-step" })],
  ["ai-sdk", unnamed({ type: "text-delta", id: "0", delta: "a" })],
  ["ai-sdk", unnamed({ type: "data-weather", data: { status: "fair" } })],
  ["ai-sdk", unnamed({ type: "error", errorText: "An error occurred." })],
  ["mcp", unnamed({ jsonrpc: "2.0", id: 0, result: {} })],
  ["mcp", unnamed({ jsonrpc: "2.0", method: "notifications/progress", params: {} })],
  ["mcp", { event: "endpoint", data: "/messages?session_id=1" }],
  ["mcp", { event: "endpoint", data: "https://tides.example/messages" }],
  ["mcp", unnamed([{ jsonrpc: "2.0", id: 0, result: {} }])],
  ["openai-assistants", { event: "thread.created", data: '{"id":"thread_1","object":"thread"}' }],
];

const NOBODYS: readonly NamedData[] = [
  unnamed({}),
  unnamed({ type: "finish" }),
  unnamed({ type: "error", message: "no" }),
  unnamed({ type: "data-weather" }),
  unnamed({ status: "pulling manifest" }),
  unnamed({ model: "a", done: true }),
  unnamed({ model: "a", created_at: 1, done: false }),
  unnamed({ jsonrpc: "1.0", id: 0, result: {} }),
  unnamed([]),
  unnamed("message-start"),
  { event: "message", data: "[DONE]" },
  { event: "message", data: "hello" },
  { event: "message", data: "/messages" },
  { event: "endpoint", data: "hello" },
];

const named: readonly Dialect[] = dialects.filter(({ name }) => name !== "generic");

function claimants(event: NamedData): string[] {
  return named.filter((dialect) => claims(dialect, event)).map(({ name }) => name);
}

describe("The first event", () => {
  test.each(FIRST_EVENTS)("is claimed by its dialect alone: %s %j", (name, event) => {
    const isKnown = named.some((dialect) => dialect.name === name);
    expect(claimants(event)).toEqual(isKnown ? [name] : []);
  });

  test.each(NOBODYS)("is claimed by none where it may be anybody's: %j", (event) => {
    expect(claimants(event)).toEqual([]);
  });
});

test("No event of a recorded stream is claimed by another dialect than the stream's", ({ skip }) => {
  skip(...withoutCaptures);
  const own: Readonly<Record<string, string>> = { cohere: "cohere", other: "mcp" };
  const mine = named.filter(({ name }) => ["cohere", "ollama", "ai-sdk", "mcp"].includes(name));
  const wrong = captures.flatMap(({ name, folder, isSse, bytes }) =>
    payloadsOf(bytes.toString("utf8"), isSse).flatMap((data) =>
      mine.flatMap((dialect) =>
        dialect.name !== own[folder] && claims(dialect, { event: "message", data }) ? [`${dialect.name}: ${name}`] : [],
      ),
    ),
  );
  expect(wrong).toEqual([]);
});
