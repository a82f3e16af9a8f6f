// Recorded streams of Anthropic's Messages, compared with an independent reader that shares no code with this program.
import { describe, expect, test } from "vitest";
import type { ResponseReport } from "../../../src/model/report.ts";
import { captures, named, withoutCaptures } from "../../support/captures.ts";
import { claimantsOf } from "../../support/claims.ts";
import { eventsOf } from "../../support/named-data.ts";
import { payloadsOf } from "../../support/plain-reading.ts";
import { reportOf } from "../../support/read-report.ts";

/** The correct findings, except those of severity info; every other stream has none. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  // Correct: the model refuses.
  "anthropic/ai-sdk-anthropic-anthropic-refusal.ndjson": ["warning refusal"],
  // Synthetic: messages that start again before they stop, with the same id or another one.
  "anthropic/ai-sdk-anthropic-duplicate-message-start.ndjson": ["error second-start"],
  "anthropic/ai-sdk-anthropic-spliced-message-start.ndjson": ["error no-terminal"],
};

interface PlainEvent {
  readonly type: string;
  readonly index?: number;
  readonly message?: { readonly id: string; readonly content: readonly PlainBlock[] } & PlainEnd;
  readonly content_block?: PlainBlock;
  readonly delta?: PlainDelta & PlainEnd;
  readonly usage?: PlainUsage;
}

interface PlainEnd {
  readonly stop_reason?: string | null;
  readonly usage?: PlainUsage;
}

interface PlainBlock {
  readonly type: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: object;
}

interface PlainDelta {
  readonly type?: string;
  readonly text?: string;
  readonly thinking?: string;
  readonly partial_json?: string;
}

interface PlainUsage {
  readonly input_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly output_tokens_details?: { readonly thinking_tokens: number } | null;
}

interface PlainMessage {
  readonly id: string | null;
  readonly verdict: string;
  readonly text: string;
  readonly reasoning: string;
  /** Type, id, name and input of each block. */
  readonly calls: readonly (readonly (string | undefined)[])[];
  readonly blocks: readonly string[];
  readonly citations: number;
  /** Input, cached, output, reasoning, total. */
  readonly usage: readonly (number | null)[];
}

const streams = captures.filter(({ folder }) => folder === "anthropic");

describe("A recorded Anthropic stream", () => {
  test("exists, and so do the exceptions", ({ skip }) => {
    skip(...withoutCaptures);
    expect(streams.length).toBeGreaterThan(50);
    expect(streams.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(FAULTS)));
  });

  test.each(named(streams))("gives the same as the independent reader: %s", async (_, { bytes, isSse }) => {
    const report = await reportOf([bytes]);
    const plain = readPlainly(bytes.toString("utf8"), isSse);
    expect(report).toMatchObject({ dialect: "anthropic", framing: isSse ? "sse" : "ndjson", pending: null });
    expect(report.responses.map(summarize)).toEqual(plain);
    const verdicts = new Set(plain.map(({ verdict }) => verdict));
    expect(report.verdict).toBe(
      ["truncated", "incomplete", "refused"].find((word) => verdicts.has(word)) ?? "completed",
    );
  });

  test.each(named(streams))("has no false findings: %s", async (name, { bytes }) => {
    const { findings } = await reportOf([bytes]);
    const faults = findings.filter(({ severity }) => severity !== "info");
    const found = new Set(faults.map(({ severity, rule }) => `${severity} ${rule}`));
    expect([...found]).toEqual(FAULTS[name] ?? []);
  });

  test.each(named(streams))("is detected by its first event: %s", (_, capture) => {
    const [first] = eventsOf(capture.bytes, capture.isSse);
    expect(first && claimantsOf(first)).toEqual(["anthropic"]);
  });
});

function summarize({ id, verdict, text, reasoning, items, usage }: ResponseReport): PlainMessage {
  return {
    id,
    verdict,
    text,
    reasoning,
    calls: items
      .filter(({ type }) => type.endsWith("tool_use"))
      .map((item) => [item.type, item.callId, item.name, item.arguments]),
    blocks: items.map(({ type }) => type),
    citations: items.reduce((sum, { annotations = 0 }) => sum + annotations, 0),
    usage:
      usage === null
        ? []
        : [usage.inputTokens, usage.cachedInputTokens, usage.outputTokens, usage.reasoningTokens, usage.totalTokens],
  };
}

function readPlainly(input: string, isSse: boolean): PlainMessage[] {
  const messages: PlainEvent[][] = [];
  for (const payload of payloadsOf(input, isSse)) {
    const event: PlainEvent = JSON.parse(payload);
    const known = messages.at(-1)?.[0]?.message?.id;
    if (event.type === "message_start" && event.message?.id !== known) messages.push([]);
    messages.at(-1)?.push(event);
  }
  return messages.map(readMessage);
}

function readMessage(events: readonly PlainEvent[]): PlainMessage {
  const [start] = events;
  const deltas = events.filter(({ type }) => type === "content_block_delta");
  const whole = start?.message?.content ?? [];
  const blocks = [
    ...whole.map((block) => ({ block, of: [], isStopped: true })),
    ...events.flatMap(({ content_block: block, index }) => {
      const of = deltas.filter((delta) => delta.index === index);
      const isStopped = events.some((event) => event.type === "content_block_stop" && event.index === index);
      return block === undefined ? [] : [{ block, of, isStopped }];
    }),
  ];
  return {
    id: start?.message?.id ?? null,
    verdict: verdictOf(events),
    text: deltas.map(({ delta }) => delta?.text ?? "").join(""),
    reasoning: blocks
      .map(({ of }) => of.map(({ delta }) => delta?.thinking ?? "").join(""))
      .filter((thinking) => thinking !== "")
      .join("\n\n"),
    calls: blocks
      .filter(({ block }) => block.type.endsWith("tool_use"))
      .map(({ block, of, isStopped }) => {
        const fragments = of.map(({ delta }) => delta?.partial_json ?? "").join("");
        // Without deltas, the block itself has the input.
        const input = fragments || (isStopped ? JSON.stringify(block.input) : undefined);
        return [block.type, block.id, block.name, input];
      }),
    blocks: blocks.map(({ block }) => block.type),
    citations: deltas.filter(({ delta }) => delta?.type === "citations_delta").length,
    usage: usageOf(events),
  };
}

function verdictOf(events: readonly PlainEvent[]): string {
  if (!events.some(({ type }) => type === "message_stop")) return "truncated";
  const reasons = events.map(({ message, delta }) => message?.stop_reason ?? delta?.stop_reason ?? "");
  const reason = reasons.findLast((word) => word !== "") ?? "";
  if (reason === "refusal") return "refused";
  return ["end_turn", "tool_use", "stop_sequence", "pause_turn"].includes(reason) ? "completed" : "incomplete";
}

/** The last value of each count. */
function usageOf(events: readonly PlainEvent[]): (number | null)[] {
  const said: PlainUsage = Object.fromEntries(
    events
      .flatMap(({ message, usage }) => Object.entries(message?.usage ?? usage ?? {}))
      .filter(([, count]) => count !== null),
  );
  const { input_tokens: input = 0, cache_creation_input_tokens: written = 0, cache_read_input_tokens: cached } = said;
  const all = (input ?? 0) + (written ?? 0) + (cached ?? 0);
  const output = said.output_tokens ?? null;
  // The API reports no total, so the report computes it.
  const total = output === null ? null : all + output;
  return [all, cached ?? null, output, said.output_tokens_details?.thinking_tokens ?? null, total];
}
