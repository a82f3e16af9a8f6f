// Recorded streams of Chat Completions, compared with an independent reader that shares no code with this program.
import { describe, expect, test } from "vitest";
import type { ResponseReport } from "../../../src/model/report.ts";
import { captures, named, withoutCaptures } from "../../support/captures.ts";
import { claimantsOf } from "../../support/claims.ts";
import { eventsOf } from "../../support/named-data.ts";
import { payloadsOf } from "../../support/plain-reading.ts";
import { reportOf } from "../../support/read-report.ts";

/** The correct findings, except those of severity info; every other stream has none. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  // Its first line begins with a space, so the first chunk is not an event.
  "openai-chat/llm-test-tools-streaming-variant-c-0.sse": ["warning unknown-field"],
  // They are cut, as the provider says.
  "openai-chat/ai-sdk-deepseek-deepseek-text.ndjson": ["warning incomplete"],
  "openai-chat/ai-sdk-openai-openai-completion-text.ndjson": ["warning incomplete"],
  // Mistral sends calls without an index, a gateway with that of the block after the text.
  "openai-chat/ai-sdk-mistral-mistral-tool-call.ndjson": ["warning tool-call-index-order"],
  "openai-chat/ai-sdk-openai-compatible-anthropic-fallback-tool-call.sse": ["warning tool-call-index-order"],
  // The provider reports an error in the stream.
  "openai-chat/pydantic-ai-test-tool-use-failed-error-streaming-with-text-0.sse": ["error in-band-error"],
  // OpenRouter, in early 2025: a call, the usage and [DONE], and no finish_reason in any chunk.
  // One of the two has the name of the tool in every fragment.
  "openai-chat/llm-test-tools-streaming-variant-a-0.sse": ["warning tool-call-name-repeated", "error no-terminal"],
  "openai-chat/llm-test-tools-streaming-variant-b-0.sse": ["error no-terminal"],
};

/** Files that were saved without the blank line after [DONE]. */
const UNTERMINATED = "warning unterminated-last-event";

interface PlainChunk {
  readonly id?: string;
  readonly model?: string;
  readonly choices?: readonly PlainChoice[];
  readonly usage?: PlainUsage | null;
  readonly x_groq?: { readonly usage?: PlainUsage };
  readonly error?: { readonly message: string };
}

interface PlainChoice {
  readonly delta?: PlainDelta;
  readonly text?: string;
  readonly finish_reason?: string | null;
}

interface PlainDelta {
  readonly content?: string | null | readonly PlainPart[];
  readonly reasoning_content?: string | null;
  readonly reasoning?: string | null;
  readonly tool_calls?: readonly PlainCall[] | null;
  readonly annotations?: readonly object[];
}

interface PlainPart {
  readonly text?: string;
  readonly thinking?: readonly { readonly text: string }[];
}

interface PlainCall {
  readonly index?: number;
  readonly id?: string;
  readonly function: { readonly name?: string; readonly arguments: string | null };
}

interface PlainUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number } | null;
  readonly prompt_cache_hit_tokens?: number;
  readonly cached_tokens?: number;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number } | null;
  readonly reasoning_tokens?: number;
}

interface PlainCompletion {
  readonly id: string | null;
  readonly model: string | null;
  readonly verdict: string;
  readonly status: string | null;
  readonly text: string;
  readonly reasoning: string;
  /** Id, name and arguments of each call. */
  readonly calls: readonly (readonly (string | undefined)[])[];
  readonly annotations: number;
  /** Input, cached, output, reasoning, total. */
  readonly usage: readonly (number | null)[] | null;
}

const streams = captures.filter(({ folder }) => folder === "openai-chat");

describe("A recorded stream of Chat Completions", () => {
  test("exists, and so do the exceptions", ({ skip }) => {
    skip(...withoutCaptures);
    expect(streams.length).toBeGreaterThan(80);
    expect(streams.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(FAULTS)));
  });

  test.each(named(streams))("gives the same as the independent reader: %s", async (_, { bytes, isSse }) => {
    const report = await reportOf([bytes]);
    const plain = readPlainly(bytes.toString("utf8"), isSse);
    expect(report).toMatchObject({ dialect: "openai-chat", framing: isSse ? "sse" : "ndjson" });
    expect(report.responses.map(summarize)).toEqual(plain);
    const verdicts = new Set(plain.map(({ verdict }) => verdict));
    expect(report.verdict).toBe(
      ["failed", "truncated", "incomplete"].find((word) => verdicts.has(word)) ?? "completed",
    );
  });

  test.each(named(streams))("has no false findings: %s", async (name, { bytes, isSse }) => {
    const { findings } = await reportOf([bytes]);
    const faults = findings.filter(({ severity }) => severity !== "info");
    const found = new Set(faults.map(({ severity, rule }) => `${severity} ${rule}`));
    const isTerminated = !isSse || /(?:\r?\n){2}$/.test(bytes.toString("utf8"));
    expect([...found]).toEqual([...(FAULTS[name] ?? []), ...(isTerminated ? [] : [UNTERMINATED])]);
  });

  test.each(named(streams))("is detected by its first event: %s", (_, capture) => {
    const [first] = eventsOf(capture.bytes, capture.isSse);
    expect(first && claimantsOf(first)).toEqual(["openai-chat"]);
  });
});

function summarize(response: ResponseReport): PlainCompletion {
  const { id, model, verdict, status, text, reasoning, items, usage } = response;
  return {
    id,
    model,
    verdict,
    status,
    text,
    reasoning,
    calls: items
      .filter(({ type }) => type.endsWith("call"))
      .map((item) => [item.callId, item.name, item.arguments ?? ""]),
    annotations: items.reduce((sum, { annotations = 0 }) => sum + annotations, 0),
    usage:
      usage === null
        ? null
        : [usage.inputTokens, usage.cachedInputTokens, usage.outputTokens, usage.reasoningTokens, usage.totalTokens],
  };
}

/** One response per id; a chunk without an id belongs to the response before it, or to the next one. */
function readPlainly(input: string, isSse: boolean): PlainCompletion[] {
  const completions = new Map<string, PlainChunk[]>();
  let waiting: PlainChunk[] = [];
  let last: PlainChunk[] | undefined;
  for (const payload of payloadsOf(input, isSse)) {
    if (payload.trim() === "[DONE]") continue;
    const chunk: PlainChunk = JSON.parse(payload);
    if (chunk.id) {
      last = completions.get(chunk.id) ?? waiting;
      completions.set(chunk.id, last);
      waiting = [];
    }
    (last ?? waiting).push(chunk);
  }
  return [...completions].map(([id, chunks]) => readCompletion(id, chunks));
}

function readCompletion(id: string, chunks: readonly PlainChunk[]): PlainCompletion {
  const choices = chunks.flatMap((chunk) => chunk.choices ?? []);
  const deltas = choices.flatMap(({ delta }) => delta ?? []);
  const reasons = choices.flatMap(({ finish_reason: reason }) => reason ?? []);
  const isError = chunks.some(({ error }) => error !== undefined);
  const [status = null] = reasons;
  const usage = chunks.findLast((chunk) => chunk.usage ?? chunk.x_groq?.usage);
  return {
    id,
    model: chunks.find(({ model }) => model)?.model ?? null,
    verdict: isError ? "failed" : verdictOf(status),
    status,
    text: choices.map(({ text, delta }) => text ?? textOf(delta?.content)).join(""),
    reasoning: deltas.map(reasoningOf).join(""),
    calls: callsOf(deltas),
    annotations: deltas.reduce((sum, { annotations = [] }) => sum + annotations.length, 0),
    usage: countsOf(usage?.usage ?? usage?.x_groq?.usage ?? null),
  };
}

function verdictOf(reason: string | null): string {
  if (reason === null) return "truncated";
  return ["stop", "tool_calls"].includes(reason) ? "completed" : "incomplete";
}

function textOf(content: PlainDelta["content"]): string {
  if (typeof content === "string") return content;
  return (content ?? []).map(({ text = "" }) => text).join("");
}

function reasoningOf({ reasoning, reasoning_content: content, content: parts }: PlainDelta): string {
  const thinking = typeof parts === "string" ? [] : (parts ?? []).flatMap(({ thinking = [] }) => thinking);
  return (content ?? reasoning ?? "") + thinking.map(({ text }) => text).join("");
}

function callsOf(deltas: readonly PlainDelta[]): PlainCompletion["calls"] {
  const fragments = deltas.flatMap(({ tool_calls: calls }) => calls ?? []);
  const indexes = new Set(fragments.map(({ index }) => index));
  return [...indexes].map((index) => {
    const of = fragments.filter((fragment) => fragment.index === index);
    return [of[0]?.id, of[0]?.function.name, of.map((fragment) => fragment.function.arguments ?? "").join("")];
  });
}

function countsOf(usage: PlainUsage | null): PlainCompletion["usage"] {
  if (usage === null) return null;
  const { prompt_tokens: input, completion_tokens: output, total_tokens: total } = usage;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? usage.reasoning_tokens ?? null;
  const cached =
    usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.cached_tokens ?? null;
  // xAI counts reasoning apart from the completion.
  const isApart = total !== input + output;
  return [input, cached, isApart ? total - input : output, reasoning, total];
}
