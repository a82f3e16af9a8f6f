// The official client of OpenAI reads the same bytes from the same server, and must come to the same.
import OpenAI from "openai";
import type { Response, ResponseUsage } from "openai/resources/responses/responses";
import { describe, expect, test } from "vitest";
import { captures, named, withoutCaptures } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { payloadsOf } from "../support/plain-reading.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";
import { differencesOfEvents, differencesOfFinal, rejectedEvents, rejectedStreams } from "./openai-sdk-differences.ts";
import type { Outcome, Rejections } from "./openai-sdk-differences.ts";

interface Stream {
  readonly name: string;
  /** The body with SSE framing. */
  readonly body: string;
}

const FOLDER = "openai-responses/";
const REQUEST = { model: "any", input: "any" };

const ofFixtures = fixtures.filter(({ name }) => name.startsWith(FOLDER)).map(asStream);
const ofCaptures = captures.filter(({ name }) => name.startsWith(FOLDER)).map(asStream);

describe.each([
  { kind: "fixture", streams: ofFixtures, leastAccepted: 0.6 },
  { kind: "recorded stream", streams: ofCaptures, leastAccepted: 0.85 },
])("The official client and this program agree on a $kind:", ({ streams, leastAccepted }) => {
  test("most are accepted by the client", ({ skip }) => {
    if (streams === ofCaptures) skip(...withoutCaptures);
    expect(shareAccepted(streams, rejectedEvents)).toBeGreaterThan(0.9);
    expect(shareAccepted(streams, { ...rejectedEvents, ...rejectedStreams })).toBeGreaterThan(leastAccepted);
  });

  test.each(named(streams))("its events, %s", async (name, stream) => {
    const { ours, client } = await read(stream);
    const rejection = rejectedEvents[name];
    const expected = rejection === undefined ? { ...ours, ...differencesOfEvents[name] } : rejectedWith(rejection);
    expect(await readEvents(client).catch(asRejection)).toMatchObject(expected);
  });

  test.each(named(streams))("its final response, %s", async (name, stream) => {
    const { ours, items, client } = await read(stream);
    const rejection = rejectedEvents[name] ?? rejectedStreams[name];
    const expected =
      rejection === undefined ? { ...ours, items, ...differencesOfFinal[name] } : rejectedWith(rejection);
    expect(await readFinal(client).catch(asRejection)).toEqual(expected);
  });
});

function shareAccepted(streams: readonly Stream[], rejections: Rejections): number {
  return streams.filter(({ name }) => rejections[name] === undefined).length / streams.length;
}

/** Payloads alone become a stream again, with the event names that the API would have given them. */
function asStream({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): Stream {
  const input = Buffer.from(bytes).toString("utf8");
  if (name.endsWith(".sse")) return { name, body: input };
  const events = payloadsOf(input, false).map((data) => {
    const type = /"type":\s*"((?:response\.|error)[^"]*)"/.exec(data)?.[1] ?? "message";
    return `event: ${type}\ndata: ${data.trim()}\n\n`;
  });
  return { name, body: events.join("") };
}

/** What this program says of the stream, and a client that will read it from the same server. */
async function read({ body }: Stream): Promise<{ ours: Outcome; items: readonly string[]; client: OpenAI }> {
  const { origin } = await serveReplay(body);
  const baseURL = `${origin}/v1`;
  const { stdout } = await run([`${baseURL}/responses`, "-d", '{"stream":true}', "--json"]);
  const response = parseReport(stdout).responses.at(-1);
  if (response === undefined) throw new Error("no response was read");
  const { text, status, usage, items } = response;
  const counts =
    usage === null
      ? null
      : [usage.inputTokens, usage.cachedInputTokens, usage.outputTokens, usage.reasoningTokens, usage.totalTokens];
  return {
    ours: { text, status, usage: counts },
    items: items.map(({ type }) => type),
    client: new OpenAI({ apiKey: "test", baseURL, maxRetries: 0, logLevel: "off" }),
  };
}

/** The last response, as the events alone tell of it. */
async function readEvents(client: OpenAI): Promise<Outcome> {
  let last: Response | null = null;
  let deltas: { readonly delta: string; readonly output_index: number; readonly content_index: number }[] = [];
  for await (const event of await client.responses.create({ ...REQUEST, stream: true })) {
    if (event.type === "response.created") deltas = [];
    if (event.type === "response.output_text.delta") deltas.push(event);
    if ("response" in event) last = event.response;
  }
  // Where items interleave, each is whole in its place.
  const inOrder = deltas.toSorted((a, b) => a.output_index - b.output_index || a.content_index - b.content_index);
  const text = inOrder.map(({ delta }) => delta).join("");
  return { text, status: last?.status ?? null, usage: countsOf(last?.usage) };
}

async function readFinal(client: OpenAI): Promise<Outcome> {
  const { output_text, output, status, usage } = await client.responses.stream(REQUEST).finalResponse();
  return {
    text: output_text,
    status: status ?? null,
    usage: countsOf(usage),
    items: output.map(({ type }) => type),
  };
}

/** Its type promises more than servers send. */
function countsOf(usage: Partial<ResponseUsage> | null | undefined): Outcome["usage"] {
  if (usage === null || usage === undefined) return null;
  const { input_tokens, input_tokens_details, output_tokens, output_tokens_details, total_tokens } = usage;
  const counts = [
    input_tokens,
    input_tokens_details?.cached_tokens,
    output_tokens,
    output_tokens_details?.reasoning_tokens,
    total_tokens,
  ];
  return counts.map((count) => count ?? null);
}

function asRejection(error: unknown): { readonly rejected: string } {
  return { rejected: error instanceof Error ? error.message : String(error) };
}

function rejectedWith(message: string): object {
  return { rejected: expect.stringContaining(message) };
}
