// The AI SDK reads the same streams from a replay, through its providers of OpenAI, Anthropic and Google, and must come to
// the same text and the same calls.
import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { type LanguageModel, streamText } from "ai";
import { describe, expect, test } from "vitest";
import { captures, named, withoutCaptures } from "../support/captures.ts";
import { run } from "../support/io.ts";
import { payloadsOf } from "../support/plain-reading.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";
import { differing, type Outcome, rejected } from "./ai-client-differences.ts";

interface Provider {
  readonly folder: string;
  readonly path: string;
  /** The name of an event, where a payload alone is to become one. */
  readonly eventName: (payload: string) => string | null;
  readonly model: (origin: string) => LanguageModel;
}

/** Calls of functions that the client is to make. */
const CALLS = new Set(["function_call", "custom_tool_call", "tool_use"]);
/** A call without arguments: clients and servers write nothing, or an empty object. */
const NO_INPUT = "{}";
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

const KEY = { apiKey: "none" };
const typeOf = (payload: string): string | null => /"type":\s*"([^"]*)"/.exec(payload)?.[1] ?? null;

const providers: readonly Provider[] = [
  {
    folder: "openai-responses",
    path: "/v1/responses",
    eventName: typeOf,
    model: (origin) => createOpenAI({ baseURL: `${origin}/v1`, ...KEY }).responses("any"),
  },
  {
    folder: "openai-chat",
    path: "/v1/chat/completions",
    eventName: () => null,
    model: (origin) => createOpenAI({ baseURL: `${origin}/v1`, ...KEY }).chat("any"),
  },
  {
    folder: "anthropic",
    path: "/v1/messages",
    eventName: typeOf,
    model: (origin) => createAnthropic({ baseURL: `${origin}/v1`, ...KEY })("any"),
  },
  {
    folder: "gemini",
    path: "/v1beta/models/any:streamGenerateContent",
    eventName: () => null,
    model: (origin) => createGoogleGenerativeAI({ baseURL: `${origin}/v1beta`, ...KEY })("any"),
  },
];

describe.each(providers)("The AI SDK and this program agree on $folder", ({ folder, path, eventName, model }) => {
  const streams = captures.filter((capture) => capture.folder === folder);

  test("and most are accepted by it", ({ skip }) => {
    skip(...withoutCaptures);
    expect(streams.filter(({ name }) => rejected[name] === undefined).length / streams.length).toBeGreaterThan(0.8);
  });

  test.each(named(streams))("%s", async (name, { bytes, isSse }) => {
    const body = isSse ? bytes : withEvents(bytes.toString("utf8"), eventName);
    const { origin } = await serveReplay(body);
    const { stdout } = await run([`${origin}${path}`, "-d", "{}", "--json"]);
    // It makes one answer of several.
    const { responses } = parseReport(stdout);
    const items = responses.flatMap((response) => response.items);
    const ours: Outcome = {
      text: responses.map(({ text }) => text).join(""),
      calls: items.filter(({ type }) => CALLS.has(type)).map((item) => [item.name ?? "", item.arguments || NO_INPUT]),
    };
    const theirs = await readWithClient(model(origin)).catch((error: unknown) => ({
      rejected: error instanceof Error ? error.message : String(error),
    }));
    const rejection = rejected[name];
    const expected = rejection === undefined ? comparable(name, ours) : { rejected: rejection };
    expect(comparable(name, theirs)).toEqual(expected);
  });
});

/** What is compared of an outcome: of a stream that it refuses, that it does so, and why. */
function comparable(name: string, outcome: Outcome | { readonly rejected: string }): unknown {
  const part = differing[name];
  if (part !== undefined) return { ...outcome, [part]: null };
  const rejection = rejected[name];
  if (rejection === undefined || !("rejected" in outcome)) return outcome;
  return outcome.rejected.includes(rejection) ? { rejected: rejection } : outcome;
}

function withEvents(input: string, eventName: Provider["eventName"]): string {
  return payloadsOf(input, false)
    .map((payload) => {
      const name = eventName(payload);
      return `${name === null ? "" : `event: ${name}\n`}data: ${payload.trim()}\n\n`;
    })
    .join("");
}

/** Throws what the stream fails with. */
async function readWithClient(model: LanguageModel): Promise<Outcome> {
  const calls = new Map<string, { name: string; input: string }>();
  let text = "";
  const result = streamText({ model, prompt: "any", maxRetries: 0, onError() {} });
  for await (const part of result.fullStream) {
    if (part.type === "error") throw part.error instanceof Error ? part.error : new Error(JSON.stringify(part.error));
    if (part.type === "text-delta") text += part.text;
    // What the provider's own tools are asked is told apart.
    else if (part.type === "tool-input-start" && part.providerExecuted !== true)
      calls.set(part.id, { name: part.toolName, input: "" });
    else if (part.type === "tool-input-delta") {
      const call = calls.get(part.id);
      if (call !== undefined) call.input += part.delta;
    }
  }
  return { text, calls: [...calls.values()].map(({ name, input }) => [name, input || NO_INPUT]) };
}
