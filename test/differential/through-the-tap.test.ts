// The official clients and the AI SDK read a stream from a replay, with and without a tap between them, and must come to the
// same: text, calls, usage; and where the stream breaks, the same error after the same text.
import Anthropic from "@anthropic-ai/sdk";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { GoogleGenAI } from "@google/genai";
import { type LanguageModel, streamText } from "ai";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { type Faults, NO_FAULTS } from "../../src/replay/faults.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { serveReplay } from "../support/replay.ts";
import { tap } from "../tap/support/tap.ts";

Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

interface Client {
  readonly name: string;
  readonly fixtures: readonly string[];
  /** Everything that the client makes of a stream, one after the other. */
  readonly read: (origin: string) => AsyncIterable<unknown>;
}

const MESSAGES = [{ role: "user" as const, content: "any" }];
const CLIENT = { apiKey: "none", maxRetries: 1, logLevel: "off" } as const;
const KEY = { apiKey: "none" };

const RESPONSES = [
  "openai-responses/hey.sse",
  "openai-responses/function-call.sse",
  "openai-responses/reasoning-summary.sse",
];
const CHAT = ["openai-chat/text.sse", "openai-chat/parallel-tool-calls.sse"];
const ANTHROPIC = ["anthropic/text.sse", "anthropic/tool-calls.sse", "anthropic/thinking.sse"];
const GEMINI = ["gemini/text.sse", "gemini/function-calls.sse"];

async function* withAiSdk(model: LanguageModel): AsyncGenerator {
  const { fullStream } = streamText({ model, messages: MESSAGES, maxRetries: 1, onError: () => {} });
  for await (const part of fullStream) {
    // What differs between any two runs.
    if (part.type === "start-step" || part.type === "finish-step") yield part.type;
    else if (part.type === "error") throw part.error;
    else yield part;
  }
}

const clients: readonly Client[] = [
  {
    name: "openai, Responses",
    fixtures: RESPONSES,
    async *read(origin) {
      const client = new OpenAI({ ...CLIENT, baseURL: `${origin}/v1` });
      yield* await client.responses.create({ model: "any", input: "any", stream: true });
    },
  },
  {
    name: "openai, Chat Completions",
    fixtures: CHAT,
    async *read(origin) {
      const client = new OpenAI({ ...CLIENT, baseURL: `${origin}/v1` });
      yield* await client.chat.completions.create({ model: "any", messages: MESSAGES, stream: true });
    },
  },
  {
    name: "@anthropic-ai/sdk",
    fixtures: ANTHROPIC,
    async *read(origin) {
      const client = new Anthropic({ ...CLIENT, baseURL: origin });
      yield* await client.messages.create({ model: "any", max_tokens: 1, messages: MESSAGES, stream: true });
    },
  },
  {
    name: "@google/genai",
    fixtures: GEMINI,
    async *read(origin) {
      const client = new GoogleGenAI({ ...KEY, httpOptions: { baseUrl: origin } });
      for await (const chunk of await client.models.generateContentStream({ model: "any", contents: "any" })) {
        const { candidates, usageMetadata } = chunk;
        yield { candidates, usageMetadata };
      }
    },
  },
  {
    name: "ai, OpenAI",
    fixtures: RESPONSES,
    read: (origin) => withAiSdk(createOpenAI({ baseURL: `${origin}/v1`, ...KEY }).responses("any")),
  },
  {
    name: "ai, OpenAI Chat",
    fixtures: CHAT,
    read: (origin) => withAiSdk(createOpenAI({ baseURL: `${origin}/v1`, ...KEY }).chat("any")),
  },
  {
    name: "ai, Anthropic",
    fixtures: ANTHROPIC,
    read: (origin) => withAiSdk(createAnthropic({ baseURL: `${origin}/v1`, ...KEY })("any")),
  },
  {
    name: "ai, Google",
    fixtures: GEMINI,
    read: (origin) => withAiSdk(createGoogleGenerativeAI({ baseURL: `${origin}/v1beta`, ...KEY })("any")),
  },
];

/** What goes wrong, in how many responses, and who ended each exchange that the tap saw. */
const faults: Readonly<Record<string, readonly [fault: Partial<Faults>, faulty: number, endedBy: string]>> = {
  nothing: [{}, Infinity, "server"],
  "--cut-after 3": [{ cutAfter: { unit: "events", count: 3 } }, Infinity, "server"],
  "--cut-after 300b": [{ cutAfter: { unit: "bytes", count: 300 } }, Infinity, "server"],
  "--cut-after 3 --reset": [{ cutAfter: { unit: "events", count: 3 }, reset: true }, Infinity, "server-reset"],
  "--status 429 --faulty 1": [{ status: 429 }, 1, "server"],
  "--status 529": [{ status: 529 }, Infinity, "server"],
  "--chunk-size 7": [{ chunkBytes: 7 }, Infinity, "server"],
};

/** What a client came to: all that it gave, and the error that it ended with. */
async function outcomeOf(values: AsyncIterable<unknown>): Promise<unknown> {
  const given: unknown[] = [];
  try {
    for await (const value of values) given.push(value);
    return { given, error: null };
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    const { status, statusCode } = Object.assign({ status: null, statusCode: null }, error);
    return { given, error: { name, status, statusCode } };
  }
}

/** Without the times and the ids that the AI SDK makes up. */
function comparable(outcome: unknown): unknown {
  return JSON.parse(
    JSON.stringify(outcome, (key, value: unknown) => (key === "timestamp" || key === "responseHeaders" ? null : value)),
  );
}

describe.each(clients)("Through a tap it is the same to $name", ({ fixtures, read }) => {
  test.each(Object.entries(faults))("with %s.", async (_, [fault, faulty, endedBy]) => {
    for (const name of fixtures) {
      const { bytes } = fixtureNamed(name);
      const options = {
        faults: { ...NO_FAULTS, ...fault },
        faulty,
        headers: { "retry-after-ms": "1", "retry-after": "0" },
      };
      const direct = await serveReplay(bytes, options);
      const upstream = await serveReplay(bytes, options);
      const tapped = await tap(upstream.origin);
      const seen = await outcomeOf(read(direct.origin));
      expect(comparable(await outcomeOf(read(tapped.origin)))).toEqual(comparable(seen));
      const reports = await tapped.reports();
      expect(reports.map((report) => report.endedBy)).toEqual(direct.answers.map(() => endedBy));
      expect(reports.map(({ http }) => http?.status)).toEqual(direct.answers.map(({ status }) => status));
    }
  });
});
