// The official client of Google reads the same bytes from the same server, and must come to the same.
import { GoogleGenAI, type GenerateContentResponseUsageMetadata } from "@google/genai";
import { describe, expect, test } from "vitest";
import type { ResponseReport } from "../../src/model/report.ts";
import { captures, named, withoutCaptures } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { payloadsOf } from "../support/plain-reading.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";

interface Stream {
  readonly name: string;
  /** The body with SSE framing. */
  readonly body: string;
}

interface Call {
  readonly name: string | undefined;
  readonly input: unknown;
}

/** What a client says of the last response of a stream. */
interface Answer {
  readonly text: string;
  readonly calls: readonly Call[];
  /** Input, cached, output, reasoning, total; null: not reported. */
  readonly usage: readonly (number | null)[] | null;
}

/** Streams that the client refuses, with a part of its message. */
const REJECTED: Readonly<Record<string, string>> = {
  "gemini/error-after-text.sse": "The model is overloaded",
};

/** The client hands the fragments of streamed arguments on as they are; here they are one text. */
const FRAGMENTED = new Set([
  "gemini/streamed-arguments.sse",
  "gemini/streamed-arguments-cut.sse",
  "gemini/streamed-arguments-out-of-order.sse",
  "gemini/ai-sdk-google-google-stream-no-args-tool-call.ndjson",
  "gemini/ai-sdk-google-google-stream-tool-call-arguments.ndjson",
  "gemini/ai-sdk-google-google-stream-tool-call-array-arguments-missing-terminal-function-call.ndjson",
  "gemini/ai-sdk-google-google-vertex-stream-tool-call-arguments-nested.1.ndjson",
]);

/** The client's text is that of the first candidate in each chunk, whichever it is; and it knows no second response. */
const TEXTS: Readonly<Record<string, string>> = {
  "gemini/candidates.sse": "Ebbood tide. tide",
  "gemini/two-responses.sse": "Port.Starboard.",
};

/** Gemini Code Assist wraps each chunk in an object: the client does not speak to it. */
const OF_ANOTHER_CLIENT = "gemini/code-assist.sse";

const isGemini = ({ name }: { readonly name: string }) => name.startsWith("gemini/") && name !== OF_ANOTHER_CLIENT;
const ofFixtures = fixtures.filter(isGemini).map(asStream);
const ofCaptures = captures.filter(isGemini).map(asStream);

describe.each([
  { kind: "fixture", streams: ofFixtures },
  { kind: "recorded stream", streams: ofCaptures },
])("The official client and this program agree on a Gemini $kind:", ({ streams }) => {
  test("there are some", ({ skip }) => {
    if (streams === ofCaptures) skip(...withoutCaptures);
    expect(streams.length).toBeGreaterThan(15);
  });

  test.each(named(streams))("%s", async (name, { body }) => {
    const { origin } = await serveReplay(body);
    const { stdout } = await run([`${origin}/v1beta/models/any:streamGenerateContent`, "-d", "{}", "--json"]);
    const { text, calls, usage } = answerOf(parseReport(stdout).responses.at(-1));
    const rejection = REJECTED[name];
    const ours =
      rejection === undefined
        ? { text: TEXTS[name] ?? text, calls: comparable(name, calls), usage }
        : rejectedWith(rejection);
    const theirs = readWithClient(origin).then((answer) => ({ ...answer, calls: comparable(name, answer.calls) }));
    expect(await theirs.catch(asRejection)).toEqual(ours);
  });
});

/** Of fragments only the names: each call's first one has it. */
function comparable(name: string, calls: readonly Call[]): unknown {
  return FRAGMENTED.has(name) ? calls.flatMap((call) => call.name ?? []) : calls;
}

function asRejection(error: unknown): { readonly rejected: string } {
  return { rejected: error instanceof Error ? error.message : String(error) };
}

function rejectedWith(message: string): object {
  return { rejected: expect.stringContaining(message) };
}

/** Payloads alone become a stream again. */
function asStream({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): Stream {
  const input = Buffer.from(bytes).toString("utf8");
  if (name.endsWith(".sse")) return { name, body: input };
  return {
    name,
    body: payloadsOf(input, false)
      .map((data) => `data: ${data.trim()}\r\n\r\n`)
      .join(""),
  };
}

function answerOf(response: ResponseReport | undefined): Answer {
  if (response === undefined) throw new Error("no response was read");
  const { text, items, usage } = response;
  return {
    text,
    calls: items
      .filter(({ type }) => type === "function_call")
      .map(({ name, arguments: input = "", status }) => ({ name, input: status === null ? JSON.parse(input) : input })),
    usage: usage && [
      usage.inputTokens,
      usage.cachedInputTokens,
      usage.outputTokens,
      usage.reasoningTokens,
      usage.totalTokens,
    ],
  };
}

async function readWithClient(baseUrl: string): Promise<Answer> {
  const client = new GoogleGenAI({ apiKey: "test", httpOptions: { baseUrl } });
  let text = "";
  const calls: Call[] = [];
  let usage: GenerateContentResponseUsageMetadata | undefined;
  for await (const chunk of await client.models.generateContentStream({ model: "any", contents: "any" })) {
    // Its `text` and `functionCalls` are made of the same, and warn on the console of all else.
    for (const part of chunk.candidates?.[0]?.content?.parts ?? []) {
      if (part.thought !== true) text += part.text ?? "";
      if (part.functionCall !== undefined) calls.push({ name: part.functionCall.name, input: part.functionCall.args });
    }
    usage = chunk.usageMetadata ?? usage;
  }
  return { text, calls, usage: countsOf(usage) };
}

function countsOf(usage: GenerateContentResponseUsageMetadata | undefined): Answer["usage"] {
  if (usage?.totalTokenCount === undefined) return null;
  const { promptTokenCount = 0, toolUsePromptTokenCount = 0, totalTokenCount } = usage;
  const { candidatesTokenCount, thoughtsTokenCount, cachedContentTokenCount } = usage;
  const isAnswered = candidatesTokenCount !== undefined || thoughtsTokenCount !== undefined;
  return [
    promptTokenCount + toolUsePromptTokenCount,
    cachedContentTokenCount ?? null,
    isAnswered ? (candidatesTokenCount ?? 0) + (thoughtsTokenCount ?? 0) : null,
    thoughtsTokenCount ?? null,
    totalTokenCount,
  ];
}
