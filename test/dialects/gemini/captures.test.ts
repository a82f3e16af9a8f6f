// Recorded streams of Gemini, compared with an independent reader.
import { describe, expect, test } from "vitest";
import type { ResponseReport } from "../../../src/model/report.ts";
import { captures, named, withoutCaptures } from "../../support/captures.ts";
import { run } from "../../support/io.ts";
import { at, list, payloadsOf, text } from "../../support/plain-reading.ts";
import { parseReport } from "../../support/read-report.ts";

interface PlainAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  readonly usage: readonly unknown[];
}

describe("A recorded Gemini stream", () => {
  const streams = captures.filter(({ folder }) => folder === "gemini");

  test("exists.", ({ skip }) => {
    skip(...withoutCaptures);
    expect(streams.length).toBeGreaterThanOrEqual(30);
    const plain = streams.map(({ bytes, isSse }) => readGemini(payloadsOf(bytes.toString("utf8"), isSse)));
    expect(plain.filter(({ reasoning }) => reasoning !== "").length).toBeGreaterThan(2);
    expect(plain.filter(({ calls }) => calls.length > 1).length).toBeGreaterThan(2);
  });

  test.each(named(streams))("gives the same as the independent reader: %s", async (_, { bytes, isSse }) => {
    const { report, response } = await read(bytes);
    expect(report).toMatchObject({ framing: isSse ? "sse" : "ndjson", dialect: "gemini", exitCode: 0 });
    expect(response).toMatchObject({ verdict: "completed", status: "STOP", resumed: false });
    expect(summarize(response)).toEqual(readGemini(payloadsOf(bytes.toString("utf8"), isSse)));
  });
});

describe("A recorded stream of the Interactions API", () => {
  const streams = captures.filter(({ folder }) => folder === "gemini-interactions");

  test("exists.", ({ skip }) => {
    skip(...withoutCaptures);
    expect(streams.length).toBeGreaterThanOrEqual(8);
  });

  test.each(named(streams))("gives the same as the independent reader: %s", async (_, { bytes, isSse }) => {
    const payloads = payloadsOf(bytes.toString("utf8"), isSse);
    const last: unknown = JSON.parse(payloads.at(-1) ?? "");
    const { report, response } = await read(bytes);
    expect(report).toMatchObject({ dialect: "gemini-interactions", exitCode: 0 });
    expect(report.eventTypes).toMatchObject({ "interaction.created": 1, "interaction.completed": 1 });
    const status = at(last, "interaction", "status");
    expect(response).toMatchObject({ verdict: "completed", status, model: at(last, "interaction", "model") });
    expect(summarize(response)).toEqual(readInteraction(payloads));
  });
});

/** The report of a stream of one response, which may have only findings of severity info. */
async function read(bytes: Uint8Array) {
  const { stdout, stderr } = await run(["--json", "-"], { stdin: [bytes] });
  const report = parseReport(stdout);
  expect(stderr).toBe("");
  expect(report.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
  const [response] = report.responses;
  if (response === undefined) throw new Error("no response was read");
  expect(report.responses).toHaveLength(1);
  return { report, response };
}

function summarize({ text, reasoning, items, usage }: ResponseReport): PlainAnswer {
  return {
    text,
    reasoning,
    calls: items
      .filter(({ type }) => type === "function_call")
      .map(({ name = "", arguments: input }) => ({ name, input: JSON.parse(input ?? "") })),
    usage:
      usage === null
        ? []
        : [usage.inputTokens, usage.cachedInputTokens, usage.outputTokens, usage.reasoningTokens, usage.totalTokens],
  };
}

function readGemini(payloads: readonly string[]): PlainAnswer {
  const chunks = payloads.map((payload): unknown => JSON.parse(payload));
  const parts = chunks.flatMap((chunk) => list(at(list(at(chunk, "candidates"))[0], "content", "parts")));
  const usage = at(chunks.at(-1), "usageMetadata");
  const counts = [
    sum(at(usage, "promptTokenCount"), at(usage, "toolUsePromptTokenCount")),
    at(usage, "cachedContentTokenCount") ?? null,
    sum(at(usage, "candidatesTokenCount"), at(usage, "thoughtsTokenCount")),
    at(usage, "thoughtsTokenCount") ?? null,
    at(usage, "totalTokenCount") ?? null,
  ];
  return {
    text: parts.map((part) => (isThought(part) ? "" : text(at(part, "text")))).join(""),
    reasoning: parts.map((part) => (isThought(part) ? text(at(part, "text")) : "")).join(""),
    calls: readCalls(parts.map((part) => at(part, "functionCall")).filter((call) => call !== undefined)),
    usage: counts,
  };
}

function isThought(part: unknown): boolean {
  return at(part, "thought") === true;
}

function sum(...counts: readonly unknown[]): number {
  return counts.reduce<number>((total, count) => total + (typeof count === "number" ? count : 0), 0);
}

/** Only the first fragment of a call has its name. */
function readCalls(fragments: readonly unknown[]): { name: string; input: object }[] {
  const calls: { name: string; input: object }[] = [];
  for (const fragment of fragments) {
    const name = at(fragment, "name");
    if (name !== undefined) calls.push({ name: text(name), input: {} });
    const call = calls.at(-1);
    if (call === undefined) throw new Error("a fragment of no call");
    Object.assign(call.input, at(fragment, "args"));
    for (const partial of list(at(fragment, "partialArgs"))) {
      const steps = text(at(partial, "jsonPath")).match(/[^$.[\]]+/g) ?? [];
      put(call.input, steps, at(partial, "stringValue") ?? at(partial, "numberValue"));
    }
  }
  return calls;
}

/** Puts a value at the place of the steps; fragments of strings are joined. */
function put(root: object, steps: readonly string[], value: unknown): void {
  let target = root;
  steps.slice(0, -1).forEach((step, depth) => {
    const next: unknown = at(target, step) ?? (/^\d+$/.test(steps[depth + 1] ?? "") ? [] : {});
    Reflect.set(target, step, next);
    if (typeof next === "object" && next !== null) target = next;
  });
  const last = steps.at(-1) ?? "";
  const before = at(target, last);
  Reflect.set(target, last, typeof before === "string" ? before + text(value) : value);
}

function readInteraction(payloads: readonly string[]): PlainAnswer {
  const events = payloads.map((payload): unknown => JSON.parse(payload));
  const ofType = (type: string) => events.filter((event) => at(event, "event_type") === type);
  const deltas = ofType("step.delta");
  const joined = (type: string, field: string, index?: unknown) =>
    deltas
      .filter((event) => at(event, "delta", "type") === type && (index === undefined || at(event, "index") === index))
      .map((event) => text(at(event, "delta", field)))
      .join("");
  const usage = at(events.at(-1), "interaction", "usage");
  return {
    text: joined("text", "text"),
    reasoning: "",
    calls: ofType("step.start")
      .filter((event) => at(event, "step", "type") === "function_call")
      .map((event) => ({
        name: text(at(event, "step", "name")),
        input: JSON.parse(joined("arguments_delta", "arguments", at(event, "index"))),
      })),
    usage: [
      sum(at(usage, "total_input_tokens"), at(usage, "total_tool_use_tokens")),
      at(usage, "total_cached_tokens"),
      sum(at(usage, "total_output_tokens"), at(usage, "total_thought_tokens")),
      at(usage, "total_thought_tokens"),
      at(usage, "total_tokens"),
    ],
  };
}
