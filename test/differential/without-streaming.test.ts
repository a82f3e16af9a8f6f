// The official clients ask a replay without streaming, and must come to what the stream says.
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import type { ItemReport } from "../../src/model/report.ts";
import { captures, named } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";

/** What a client says of a response. */
interface Answer {
  readonly text: string;
  readonly calls: readonly (readonly [name: string, input: unknown])[];
  /** Input and output tokens; null: not reported. */
  readonly usage: readonly (number | null)[];
}

interface Api {
  readonly folder: string;
  readonly path: string;
  /** Types of items that call a tool of the client. */
  readonly calls: RegExp;
  readonly ask: (origin: string) => Promise<Answer>;
}

const REQUEST = { model: "any", messages: [{ role: "user", content: "any" }] } as const;
const CLIENT = { apiKey: "none", maxRetries: 0, logLevel: "off" } as const;

async function askResponses(origin: string): Promise<Answer> {
  const client = new OpenAI({ ...CLIENT, baseURL: `${origin}/v1` });
  const { output_text: text, output, usage } = await client.responses.create({ model: "any", input: "any" });
  return {
    text,
    calls: output.flatMap((item) => {
      if (item.type === "function_call") return [[item.name, inputOf(item.arguments)] as const];
      return item.type === "custom_tool_call" ? [[item.name, inputOf(item.input)] as const] : [];
    }),
    usage: [usage?.input_tokens ?? null, usage?.output_tokens ?? null],
  };
}

async function askChat(origin: string): Promise<Answer> {
  const client = new OpenAI({ ...CLIENT, baseURL: `${origin}/v1` });
  const { choices, usage } = await client.chat.completions.create({ ...REQUEST, messages: [...REQUEST.messages] });
  return {
    text: choices.map(({ message }) => textOf(message.content)).join(""),
    calls: choices
      .flatMap(({ message }) => message.tool_calls ?? [])
      .map((call) =>
        call.type === "custom"
          ? [call.custom.name, inputOf(call.custom.input)]
          : [call.function.name, inputOf(call.function.arguments)],
      ),
    usage: [usage?.prompt_tokens ?? null, usage?.completion_tokens ?? null],
  };
}

async function askMessages(origin: string): Promise<Answer> {
  const client = new Anthropic({ ...CLIENT, baseURL: origin });
  const message = await client.messages.create({ ...REQUEST, max_tokens: 1, messages: [...REQUEST.messages] });
  const { input_tokens: input, cache_creation_input_tokens: written, cache_read_input_tokens: read } = message.usage;
  return {
    text: message.content.map((block) => (block.type === "text" ? block.text : "")).join(""),
    calls: message.content.flatMap((block) => (block.type === "tool_use" ? [[block.name, block.input] as const] : [])),
    usage: [input + (written ?? 0) + (read ?? 0), message.usage.output_tokens],
  };
}

async function askGemini(origin: string): Promise<Answer> {
  const client = new GoogleGenAI({ apiKey: "none", httpOptions: { baseUrl: origin } });
  const { candidates = [], usageMetadata: usage } = await client.models.generateContent({
    model: "any",
    contents: "any",
  });
  const parts = candidates.flatMap(({ content }) => content?.parts ?? []);
  const input = [usage?.promptTokenCount, usage?.toolUsePromptTokenCount].filter((count) => count !== undefined);
  const output = [usage?.candidatesTokenCount, usage?.thoughtsTokenCount].filter((count) => count !== undefined);
  return {
    text: parts.map(({ text = "", thought }) => (thought === true ? "" : text)).join(""),
    calls: parts.flatMap(({ functionCall: call }) =>
      call === undefined ? [] : [[call.name ?? "", call.args ?? {}] as const],
    ),
    usage: [sumOf(input), sumOf(output)],
  };
}

const apis: readonly Api[] = [
  {
    folder: "openai-responses",
    path: "/v1/responses",
    calls: /^(?:function|custom_tool)_call$/,
    ask: askResponses,
  },
  { folder: "openai-chat", path: "/v1/chat/completions", calls: /call$/, ask: askChat },
  { folder: "anthropic", path: "/v1/messages", calls: /^tool_use$/, ask: askMessages },
  {
    folder: "gemini",
    path: "/v1beta/models/any:streamGenerateContent?alt=sse",
    calls: /^function_call$/,
    ask: askGemini,
  },
];

const REFUSED = { rejected: expect.stringContaining("is not a complete response") };
const ENDS = new Set(["completed", "refused", "incomplete"]);

/** Streams of which the client does not say the same, with the reason. */
const DIFFERING: Readonly<Record<string, string>> = {
  "openai-responses/audio.sse": "the transcript is in its events only",
  "openai-responses/cancelled.sse": "the text is in its events only",
  "openai-responses/ai-sdk-openai-openai-phase.1.ndjson": "deltas were left out of the recording",
  "openai-responses/ai-sdk-openai-openai-shell-container.1.ndjson": "deltas were left out of the recording",
  "openai-responses/prism-openai-stream-multiple-output-items-1.sse": "the last snapshot has no output",
  "openai-responses/ai-sdk-openai-openai-error.1.ndjson": "a response that failed is a response",
  "openai-responses/prism-openai-stream-rate-limited-1.sse": "a response that failed is a response",
  "openai-responses/prism-openai-stream-unknown-error-responses-1.sse": "a response that failed is a response",
  "openai-responses/error-then-failed.sse": "a response that failed is a response",
  "openai-responses/failed.sse": "a response that failed is a response",
  "openai-chat/audio.sse": "the transcript is not its text",
  "openai-chat/legacy-completion.sse": "another method of the client",
  "openai-chat/legacy-function-call.sse": "the call is in a field of its own",
  "openai-chat/ai-sdk-openai-openai-completion-text.ndjson": "another method of the client",
  ...Object.fromEntries(
    ["openai-compatible-xai-text", "openai-compatible-xai-tool-call", "xai-xai-text", "xai-xai-tool-call"].map(
      (name) => [`openai-chat/ai-sdk-${name}.ndjson`, "the client does not add reasoning to the output"],
    ),
  ),
  "openai-chat/xai-usage.sse": "the client does not add reasoning to the output",
  "gemini/code-assist.sse": "another client",
};

/** Arguments in fragments, of which Gemini makes no whole response. */
const FRAGMENTED = /"partialArgs"|"willContinue"/;

describe.each(apis)("Without streaming the official client gets from $folder", ({ folder, path, calls, ask }) => {
  const streams = [...fixtures, ...captures].filter(({ name }) => name.startsWith(`${folder}/`));

  const chosen = streams.filter(({ name }) => DIFFERING[name] === undefined);

  test.each(named(chosen))("what is in %s", async (_, { bytes }) => {
    const { origin } = await serveReplay(bytes);
    const { stdout } = await run([origin + path, "-d", '{"stream":true}', "--json"]);
    const { responses, verdict } = parseReport(stdout);
    const [response] = responses;
    const theirs = await ask(origin).catch((error: unknown) => ({
      rejected: error instanceof Error ? error.message : String(error),
    }));
    // Of several responses a client gets one, and of one that began before the capture what its end says.
    if (responses.length > 1 || response?.resumed === true) return;
    const isWhole = response !== undefined && ENDS.has(verdict) && !FRAGMENTED.test(bytes.toString());
    const ours = isWhole
      ? {
          text: response.text,
          calls: response.items.filter(({ type }) => calls.test(type)).map(callOf),
          usage: [response.usage?.inputTokens ?? null, response.usage?.outputTokens ?? null],
        }
      : REFUSED;
    expect(theirs).toEqual(ours);
  });
});

function callOf({ name = "", arguments: input = "" }: ItemReport): readonly [string, unknown] {
  return [name, inputOf(input)];
}

/** Input that is cut is no JSON. */
function inputOf(input: string): unknown {
  try {
    return JSON.parse(input === "" ? "{}" : input);
  } catch {
    return input;
  }
}

/** Its type says that content is text; Mistral's is a list of parts, too. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  const parts: readonly { readonly text?: string }[] = Array.isArray(content) ? content : [];
  return parts.map(({ text = "" }) => text).join("");
}

function sumOf(counts: readonly number[]): number | null {
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}
