// The official client of OpenAI reads the same chunks from the same server, and must come to the same.
import OpenAI from "openai";
import type { ChatCompletionChunk } from "openai/resources/chat/completions";
import type { CompletionUsage } from "openai/resources/completions";
import { describe, expect, test } from "vitest";
import { captures, named, withoutCaptures } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { payloadsOf } from "../support/plain-reading.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";
import {
  differencesOfEvents,
  differencesOfFinal,
  rejectedEvents,
  rejectedStreams,
} from "./openai-chat-sdk-differences.ts";
import type { Outcome } from "./openai-chat-sdk-differences.ts";

interface Stream {
  readonly name: string;
  /** The body with SSE framing. */
  readonly body: string;
}

const FOLDER = "openai-chat/";
const REQUEST = { model: "any", messages: [{ role: "user", content: "any" }] } as const;

const ofFixtures = fixtures.filter(({ name }) => name.startsWith(FOLDER)).map(asStream);
const ofCaptures = captures.filter(({ name }) => name.startsWith(FOLDER)).map(asStream);

describe.each([
  { kind: "fixture", streams: ofFixtures, leastAccepted: 0.5 },
  { kind: "recorded stream", streams: ofCaptures, leastAccepted: 0.9 },
])("The official client and this program agree on a $kind:", ({ streams, leastAccepted }) => {
  test("most are accepted by the client", ({ skip }) => {
    if (streams === ofCaptures) skip(...withoutCaptures);
    const accepted = streams.filter(({ name }) => (rejectedEvents[name] ?? rejectedStreams[name]) === undefined);
    expect(accepted.length / streams.length).toBeGreaterThan(leastAccepted);
  });

  test.each(named(streams))("its chunks, %s", async (name, stream) => {
    const { ours, client } = await read(stream);
    const rejection = rejectedEvents[name];
    const expected = rejection === undefined ? { ...ours, ...differencesOfEvents[name] } : rejectedWith(rejection);
    expect(await readEvents(client).catch(asRejection)).toEqual(expected);
  });

  test.each(named(streams))("its final completion, %s", async (name, stream) => {
    const { ours, client } = await read(stream);
    const rejection = rejectedEvents[name] ?? rejectedStreams[name];
    const expected = rejection === undefined ? { ...ours, ...differencesOfFinal[name] } : rejectedWith(rejection);
    expect(await readFinal(client).catch(asRejection)).toEqual(expected);
  });
});

/** Payloads alone become a stream again. */
function asStream({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): Stream {
  const input = Buffer.from(bytes).toString("utf8");
  if (name.endsWith(".sse")) return { name, body: input };
  const events = payloadsOf(input, false).map((data) => `data: ${data}\n\n`);
  return { name, body: `${events.join("")}data: [DONE]\n\n` };
}

/** What this program says of the stream's last response, and a client that will read it from the same server. */
async function read({ body }: Stream): Promise<{ ours: Outcome; client: OpenAI }> {
  const { origin } = await serveReplay(body);
  const { stdout } = await run([`${origin}/chat/completions`, "-d", '{"stream":true}', "--json"]);
  const response = parseReport(stdout).responses.at(-1);
  if (response === undefined) throw new Error("no response was read");
  const { model, text, refusal, status, usage, items } = response;
  return {
    ours: {
      model,
      text,
      refusal,
      status,
      calls: items
        .filter(({ type }) => type.endsWith("call"))
        .map(({ callId, name, arguments: input = "" }) => [callId ?? null, name ?? null, input]),
      usage:
        usage === null ? null : [usage.inputTokens, usage.cachedInputTokens, usage.outputTokens, usage.totalTokens],
    },
    client: new OpenAI({ apiKey: "test", baseURL: origin, maxRetries: 0, logLevel: "off" }),
  };
}

/** A chunk as servers send it, which is not always as its type promises. */
type SentChunk = Partial<Omit<ChatCompletionChunk, "choices">> & {
  readonly choices?: readonly (Partial<ChatCompletionChunk.Choice> & { readonly text?: string })[];
};

/** The last completion, as the chunks alone tell of it. */
async function readEvents(client: OpenAI): Promise<Outcome> {
  let chunks: SentChunk[] = [];
  for await (const chunk of await client.chat.completions.create({
    ...REQUEST,
    messages: [...REQUEST.messages],
    stream: true,
  })) {
    const sent: SentChunk = chunk;
    if (sent.id && chunks.some(({ id }) => id && id !== sent.id)) chunks = [];
    chunks.push(sent);
  }
  const choices = chunks.flatMap((chunk) => chunk.choices ?? []);
  const indexes = [...new Set(choices.map(({ index }) => index))];
  const ofChoices = indexes.map((index) => choices.filter((choice) => choice.index === index));
  const reasons = ofChoices.map((of) => of.find((choice) => choice.finish_reason)?.finish_reason ?? null);
  return {
    model: chunks.find(({ model }) => model)?.model ?? null,
    text: ofChoices.flatMap((of) => of.map(({ delta, text }) => text ?? textOf(delta?.content))).join(""),
    refusal: choices.map(({ delta }) => delta?.refusal ?? "").join(""),
    status: reasons.includes(null) ? null : (reasons.find((reason) => reason === "length") ?? reasons[0] ?? null),
    calls: ofChoices.flatMap(callsOf),
    usage: countsOf(chunks.findLast(({ usage }) => usage)?.usage),
  };
}

/** Its type says that content is text; Mistral's is a list of parts, too. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  const parts: readonly { readonly text?: string }[] = Array.isArray(content) ? content : [];
  return parts.map(({ text = "" }) => text).join("");
}

function callsOf(choices: NonNullable<SentChunk["choices"]>): Outcome["calls"] {
  const fragments = choices.flatMap(({ delta }) => delta?.tool_calls ?? []);
  const indexes = [...new Set(fragments.map(({ index }) => index))];
  return indexes.map((index) => {
    const of = fragments.filter((fragment) => fragment.index === index);
    const input = of.map((fragment) => fragment.function?.arguments ?? "").join("");
    return [of[0]?.id ?? null, of[0]?.function?.name ?? null, input];
  });
}

async function readFinal(client: OpenAI): Promise<Outcome> {
  const stream = client.chat.completions.stream({ ...REQUEST, messages: [...REQUEST.messages] });
  const { model, choices, usage } = await stream.finalChatCompletion();
  const reasons = choices.map(({ finish_reason: reason }) => reason);
  return {
    model,
    text: choices.map(({ message }) => message.content ?? "").join(""),
    refusal: choices.map(({ message }) => message.refusal ?? "").join(""),
    status: reasons.find((reason) => reason === "length") ?? reasons[0] ?? null,
    calls: choices
      .flatMap(({ message }) => message.tool_calls ?? [])
      .map(({ id, function: { name, arguments: input } }) => [id, name, input]),
    usage: countsOf(usage),
  };
}

/** Its type promises more than servers send. */
function countsOf(usage: Partial<CompletionUsage> | null | undefined): Outcome["usage"] {
  if (usage === null || usage === undefined) return null;
  const {
    prompt_tokens: input,
    prompt_tokens_details: details,
    completion_tokens: output,
    total_tokens: total,
  } = usage;
  return [input, details?.cached_tokens, output, total].map((count) => count ?? null);
}

function asRejection(error: unknown): { readonly rejected: string } {
  return { rejected: error instanceof Error ? error.message : String(error) };
}

function rejectedWith(message: string): object {
  return { rejected: expect.stringContaining(message) };
}
