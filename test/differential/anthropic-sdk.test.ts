// The official client of Anthropic reads the same bytes from the same server, and must come to the same.
import Anthropic from "@anthropic-ai/sdk";
import type { BetaMessage, BetaMessageDeltaUsage, BetaUsage } from "@anthropic-ai/sdk/resources/beta/messages";
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
} from "./anthropic-sdk-differences.ts";
import type { Outcome } from "./anthropic-sdk-differences.ts";

interface Stream {
  readonly name: string;
  /** The body with SSE framing. */
  readonly body: string;
}

const FOLDER = "anthropic/";
const REQUEST = { model: "any", max_tokens: 1, messages: [{ role: "user", content: "any" }] } as const;

const ofFixtures = fixtures.filter(({ name }) => name.startsWith(FOLDER)).map(asStream);
const ofCaptures = captures.filter(({ name }) => name.startsWith(FOLDER)).map(asStream);

describe.each([
  { kind: "fixture", streams: ofFixtures, leastAccepted: 0.6 },
  { kind: "recorded stream", streams: ofCaptures, leastAccepted: 0.85 },
])("The official client and this program agree on a $kind:", ({ streams, leastAccepted }) => {
  test("most are accepted by the client", ({ skip }) => {
    if (streams === ofCaptures) skip(...withoutCaptures);
    const accepted = streams.filter(({ name }) => (rejectedEvents[name] ?? rejectedStreams[name]) === undefined);
    expect(accepted.length / streams.length).toBeGreaterThan(leastAccepted);
  });

  test.each(named(streams))("its events, %s", async (name, stream) => {
    const { ours, client } = await read(stream);
    const { text, status, usage } = ours;
    const rejection = rejectedEvents[name];
    const expected =
      rejection === undefined ? { text, status, usage, ...differencesOfEvents[name] } : rejectedWith(rejection);
    expect(await readEvents(client).catch(asRejection)).toEqual(expected);
  });

  test.each(named(streams))("its final message, %s", async (name, stream) => {
    const { ours, client } = await read(stream);
    const rejection = rejectedEvents[name] ?? rejectedStreams[name];
    const expected = rejection === undefined ? { ...ours, ...differencesOfFinal[name] } : rejectedWith(rejection);
    expect(await readFinal(client).catch(asRejection)).toEqual(expected);
  });
});

/** Payloads alone become a stream again, with the event names that the API would have given them. */
function asStream({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): Stream {
  const input = Buffer.from(bytes).toString("utf8");
  if (name.endsWith(".sse")) return { name, body: input };
  const events = payloadsOf(input, false).map((data) => {
    const { type }: { type: string } = JSON.parse(data);
    return `event: ${type}\ndata: ${data}\n\n`;
  });
  return { name, body: events.join("") };
}

/** What this program says of the stream's last message, and a client that will read it from the same server. */
async function read({ body }: Stream): Promise<{ ours: Outcome; client: Anthropic }> {
  const { origin } = await serveReplay(body);
  const { stdout } = await run([`${origin}/v1/messages`, "-d", '{"stream":true}', "--json"]);
  const response = parseReport(stdout).responses.at(-1);
  if (response === undefined) throw new Error("no response was read");
  const { model, text, reasoning, status, reason, usage, items } = response;
  return {
    ours: {
      model,
      text,
      reasoning,
      status: status ?? reason,
      blocks: items.map(({ type }) => type),
      calls: items
        .filter(({ type }) => type.endsWith("tool_use"))
        .map(({ callId, name, arguments: input = "{}" }) => [callId ?? null, name ?? null, parse(input)]),
      usage:
        usage === null ? null : [usage.inputTokens, usage.cachedInputTokens, usage.outputTokens, usage.reasoningTokens],
    },
    client: new Anthropic({ apiKey: "test", baseURL: origin, maxRetries: 0, logLevel: "off" }),
  };
}

/** The last message, as the events alone tell of it. */
async function readEvents(client: Anthropic): Promise<Partial<Outcome>> {
  let id = "";
  let text = "";
  let status: string | null = null;
  let counts: Partial<BetaUsage | BetaMessageDeltaUsage> | null = null;
  for await (const event of await client.beta.messages.create({
    ...REQUEST,
    messages: [...REQUEST.messages],
    stream: true,
  })) {
    if (event.type === "message_start") {
      if (event.message.id !== id) text = "";
      ({ id, stop_reason: status, usage: counts } = event.message);
    } else if (event.type === "content_block_start" && event.content_block.type === "text") {
      text += event.content_block.text;
    } else if (event.type === "content_block_delta" && event.delta.type === "text_delta") {
      text += event.delta.text;
    } else if (event.type === "message_delta") {
      status = event.delta.stop_reason ?? status;
      // The later counts replace the earlier ones where they are said.
      const said = Object.entries(event.usage).filter(([, count]) => count !== null);
      counts = Object.assign({}, counts, Object.fromEntries(said));
    }
  }
  return { text, status, usage: countsOf(counts) };
}

async function readFinal(client: Anthropic): Promise<Outcome> {
  const message = await client.beta.messages.stream({ ...REQUEST, messages: [...REQUEST.messages] }).finalMessage();
  const thoughts = message.content.map((block) => (block.type === "thinking" ? block.thinking : ""));
  return {
    model: message.model,
    text: message.content.map((block) => (block.type === "text" ? block.text : "")).join(""),
    reasoning: thoughts.filter((thought) => thought !== "").join("\n\n"),
    status: message.stop_reason,
    blocks: message.content.map(({ type }) => type),
    calls: callsOf(message),
    usage: countsOf(message.usage),
  };
}

function callsOf({ content }: BetaMessage): Outcome["calls"] {
  return content.flatMap((block) => {
    const isCall = block.type === "tool_use" || block.type === "server_tool_use" || block.type === "mcp_tool_use";
    return isCall ? [[block.id, block.name, block.input]] : [];
  });
}

/** Input with all that is cached, cached, output, reasoning. */
function countsOf(usage: Partial<BetaUsage | BetaMessageDeltaUsage> | null): Outcome["usage"] {
  if (usage === null) return null;
  const { input_tokens: input, cache_creation_input_tokens: written, cache_read_input_tokens: cached } = usage;
  const known = [input, written, cached].filter((count) => typeof count === "number");
  return [
    known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0),
    cached ?? null,
    usage.output_tokens ?? null,
    usage.output_tokens_details?.thinking_tokens ?? null,
  ];
}

/** Input of a call that was cut is no JSON. */
function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

function asRejection(error: unknown): { readonly rejected: string } {
  return { rejected: error instanceof Error ? error.message : String(error) };
}

function rejectedWith(message: string): object {
  return { rejected: expect.stringContaining(message) };
}
