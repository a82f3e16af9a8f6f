// Recorded streams, against a reading of them that shares nothing with this program.
import { describe, expect, test } from "vitest";
import { exitMeanings } from "../src/model/exit-codes.ts";
import type { Report, UsageReport } from "../src/model/report.ts";
import { captures, named, withoutCaptures } from "./support/captures.ts";
import { chunkings, type Chunking } from "./support/chunkings.ts";
import { run } from "./support/io.ts";
import { readPlainly, type PlainReading } from "./support/plain-reading.ts";
import { parseReport } from "./support/read-report.ts";

/** The manifest calls them trimmed: deltas were taken out, so that they do not make the final text. */
const TRIMMED: ReadonlySet<string> = new Set([
  "openai-responses/ai-sdk-openai-openai-phase.1.ndjson",
  "openai-responses/ai-sdk-openai-openai-shell-container.1.ndjson",
]);

/** The findings that are right, but for those that are mere information; every other stream has none. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  // They are errors: the provider says so in the stream.
  "openai-responses/ai-sdk-openai-openai-error.1.ndjson": ["error in-band-error"],
  "openai-responses/prism-openai-stream-rate-limited-1.sse": ["error in-band-error"],
  "openai-responses/prism-openai-stream-unknown-error-responses-1.sse": ["error in-band-error"],
  // Trimmed: what was taken out is missing.
  "openai-responses/ai-sdk-openai-openai-phase.1.ndjson": [
    "error delta-mismatch",
    "error sequence-gap",
    "warning output-index-order",
  ],
  "openai-responses/ai-sdk-openai-openai-shell-container.1.ndjson": ["error delta-mismatch"],
  // Synthetic: the JSON of its first and its terminal event is broken.
  "openai-responses/ai-sdk-openai-parallel-tool-call-wrapper.1.ndjson": [
    "error invalid-json",
    "warning sequence-missing",
    "error no-terminal",
  ],
  // Synthetic: an event is left out, the numbers too.
  "openai-responses/ai-sdk-openai-openai-custom-tool.1.ndjson": [
    "warning sequence-missing",
    "error delta-without-done",
  ],
  "openai-responses/prism-openai-stream-multiple-output-items-1.sse": [
    "warning sequence-missing",
    "error output-index-missing",
    "warning unterminated-last-event",
  ],
  // GitHub Copilot gives everything another id with every event, OpenRouter one of two items another one at the end.
  "openai-responses/ai-sdk-openai-github-copilot-id-rotation.1.ndjson": ["warning response-id-changed"],
  "openai-responses/pydantic-ai-test-openai-responses-raw-cot-stream-openrouter.sse": ["error item-id-changed"],
  // OpenAI itself: the id of a tool search by the client.
  "openai-responses/ai-sdk-openai-openai-client-tool-search.1.ndjson": ["warning call-id-changed"],
  // LM Studio sends the arguments of a call whole.
  "openai-responses/ai-sdk-open-responses-lmstudio-tool-call.1.ndjson": ["warning done-without-delta"],
  "openai-responses/ai-sdk-open-responses-lmstudio-tool-call.2.ndjson": ["warning done-without-delta"],
  // OpenAI, in early 2025.
  "openai-responses/pydantic-ai-test-openai-responses-stream-0.sse": ["warning sequence-missing"],
  "openai-responses/pydantic-ai-test-openai-responses-stream-1.sse": ["warning sequence-missing"],
};

/** Synthetic: it ends without a blank line, so the standard discards its terminal event; it is read all the same. */
const UNTERMINATED = "openai-responses/prism-openai-stream-multiple-output-items-1.sse";

describe("A recorded Responses stream", () => {
  const streams = captures.filter(({ folder }) => folder === "openai-responses");

  test("is there to be read, and the exceptions are too.", ({ skip }) => {
    skip(...withoutCaptures);
    expect(streams.length).toBeGreaterThan(50);
    const names = streams.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...TRIMMED, ...Object.keys(FAULTS), UNTERMINATED]));
    const trimmed = streams.filter(({ note }) => note === "trimmed");
    expect(new Set(trimmed.map(({ name }) => name))).toEqual(TRIMMED);
  });

  test.each(named(streams))("is read as it plainly stands: %s", async (name, { bytes, isSse }) => {
    const { exitCode, stdout, stderr } = await run(["--json", "-"], { stdin: [bytes] });
    const report = parseReport(stdout);
    expect(stderr).toBe("");
    expect(report).toMatchObject({ exitCode, framing: isSse ? "sse" : "ndjson", dialect: "openai-responses" });

    const plain = readPlainly(bytes.toString("utf8"), isSse, TRIMMED.has(name) ? "deltas" : "last snapshot");
    expect(summarize(report)).toEqual(plain);
    expect(report.verdict).toBe(worst(plain));
  });

  test.each(named(streams))("has no fault found that it does not have: %s", async (name, { bytes }) => {
    const { stdout } = await run(["--json", "-"], { stdin: [bytes] });
    const { findings, pending } = parseReport(stdout);
    const faults = findings.filter(({ severity }) => severity !== "info");
    const found = new Set(faults.map(({ severity, rule }) => `${severity} ${rule}`));
    expect([...found]).toEqual(FAULTS[name] ?? []);
    expect(pending === null).toBe(name !== UNTERMINATED);
  });
});

describe("A recorded stream of any provider", () => {
  const LARGEST_BYTE_BY_BYTE = 20_000;
  const documented = exitMeanings().map(({ exitCode }) => exitCode);

  test("is there to be read.", ({ skip }) => {
    skip(...withoutCaptures);
    expect(new Set(captures.map(({ folder }) => folder)).size).toBeGreaterThan(5);
  });

  test.each(named(captures))("is reported the same, however it is cut: %s", async (_, { bytes }) => {
    const whole = await run(["--json", "-"], { stdin: [bytes] });
    expect(documented).toContain(whole.exitCode);
    expect(parseReport(whole.stdout).exitCode).toBe(whole.exitCode);
    for (const chunking of cuts(bytes.length)) {
      expect(await run(["--json", "-"], { stdin: chunking.cut(bytes) })).toEqual(whole);
    }
  });

  /** Byte by byte what is small, at seeded places what is not. */
  function cuts(size: number): readonly Chunking[] {
    const [, byteByByte, ...seeded] = chunkings;
    return byteByByte !== undefined && size < LARGEST_BYTE_BY_BYTE ? [byteByByte] : seeded.slice(0, 2);
  }
});

function summarize({ events, responses }: Report): PlainReading {
  return {
    events,
    responses: responses.map(({ verdict, status, text, items, usage }) => ({
      verdict,
      status,
      text,
      items: items.map(({ type }) => type),
      usage:
        usage === null
          ? null
          : [
              usage.inputTokens,
              usage.cachedInputTokens,
              usage.outputTokens,
              usage.reasoningTokens,
              reportedTotal(usage),
            ],
    })),
  };
}

/** The total as the stream has it. */
function reportedTotal({ totalTokens, totalIsComputed }: UsageReport): number | null {
  return totalIsComputed === true ? null : totalTokens;
}

function worst({ responses }: PlainReading): string | undefined {
  const verdicts = new Set(responses.map(({ verdict }) => verdict));
  return ["failed", "truncated", "incomplete", "completed"].find((verdict) => verdicts.has(verdict));
}
