// Recorded, decoded streams of Bedrock's ConverseStream, compared with an independent reader.
import { describe, expect, test } from "vitest";
import { captures, named, withoutCaptures } from "../../support/captures.ts";
import { claimantsOf } from "../../support/claims.ts";
import { eventsOf } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

interface PlainEvent {
  readonly contentBlockStart?: {
    readonly contentBlockIndex: number;
    readonly start: { readonly toolUse?: { readonly toolUseId: string; readonly name: string } };
  };
  readonly contentBlockDelta?: {
    readonly contentBlockIndex: number;
    readonly delta: {
      readonly text?: string;
      readonly reasoningContent?: { readonly text?: string };
      readonly toolUse?: { readonly input: string };
    };
  };
  readonly messageStop?: { readonly stopReason: string };
  readonly metadata?: { readonly usage: Readonly<Record<string, number>> };
}

const streams = captures.filter(({ folder }) => folder === "bedrock-decoded");

describe("A recorded Bedrock stream", () => {
  test("exists", ({ skip }) => {
    skip(...withoutCaptures);
    expect(streams.length).toBeGreaterThan(10);
  });

  test.each(named(streams))("gives the same as the independent reader: %s", async (_, { bytes }) => {
    const report = await reportOf([bytes]);
    expect(report).toMatchObject({ framing: "ndjson", dialect: "bedrock", verdict: "completed", exitCode: 0 });
    expect(report.responses).toHaveLength(1);
    const [response] = report.responses;
    const plain = readPlainly(bytes.toString("utf8"));
    expect({
      status: response?.status,
      text: response?.text,
      reasoning: response?.reasoning,
      calls: response?.items
        .filter(({ type }) => type === "tool_use")
        .map(({ callId, name, arguments: input }) => [callId, name, input ?? ""]),
      usage: response?.usage && [
        response.usage.inputTokens,
        response.usage.cachedInputTokens,
        response.usage.outputTokens,
        response.usage.reasoningTokens,
        response.usage.totalTokens,
      ],
    }).toEqual(plain);
  });

  test.each(named(streams))("has no findings, except usage-missing in some: %s", async (_, { bytes }) => {
    const { findings } = await reportOf([bytes]);
    const hasUsage = bytes.includes('"inputTokens"');
    expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(
      hasUsage ? [] : ["warning usage-missing"],
    );
  });

  test.each(named(streams))("is detected by its first event: %s", (_, capture) => {
    const [first] = eventsOf(capture.bytes, capture.isSse);
    expect(first && claimantsOf(first)).toEqual(["bedrock"]);
  });
});

function readPlainly(input: string): object {
  const events = input
    .split("\n")
    .filter((line) => line !== "")
    .map((line): PlainEvent => JSON.parse(line));
  const deltas = events.flatMap(({ contentBlockDelta: delta }) => delta ?? []);
  const calls = events.flatMap(({ contentBlockStart: start }) => {
    const call = start?.start.toolUse;
    if (start === undefined || call === undefined) return [];
    const ofCall = deltas.filter(({ contentBlockIndex }) => contentBlockIndex === start.contentBlockIndex);
    return [[call.toolUseId, call.name, ofCall.map(({ delta }) => delta.toolUse?.input ?? "").join("")]];
  });
  const usage = events.find(({ metadata }) => metadata !== undefined)?.metadata?.usage;
  return {
    status: events.find(({ messageStop }) => messageStop !== undefined)?.messageStop?.stopReason,
    text: deltas.map(({ delta }) => delta.text ?? "").join(""),
    reasoning: deltas.map(({ delta }) => delta.reasoningContent?.text ?? "").join(""),
    calls,
    usage: usage === undefined ? null : [usage.inputTokens, null, usage.outputTokens, null, usage.totalTokens],
  };
}
