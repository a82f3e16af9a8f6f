// The official clients of OpenAI's and Google's live APIs read the same messages from a WebSocket, and must come to the same.
import { GoogleGenAI, type LiveServerMessage } from "@google/genai";
import OpenAI from "openai";
import { OpenAIRealtimeWS } from "openai/realtime/ws";
import type { RealtimeServerEvent } from "openai/resources/realtime/realtime";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { named } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { cert, key } from "../support/localhost-self-signed.ts";
import { reportOf } from "../support/read-report.ts";
import { serveMessages } from "../support/websocket.ts";

/** What is read of all responses of a session. */
interface Outcome {
  readonly text: string;
  /** Id, name and arguments of each call. */
  readonly calls: readonly (readonly (string | undefined)[])[];
  /** Total of the last response that reports one. */
  readonly totalTokens: number | null;
}

const streamsOf = (pattern: RegExp) =>
  fixtures
    .filter(({ name }) => pattern.test(name) && name.endsWith(".ndjson"))
    .map(({ name, bytes }) => ({ name, lines: Buffer.from(bytes).toString("utf8").trim().split("\n") }));

describe("The official client and this program agree on a session of", () => {
  test.each(named(streamsOf(/^openai-realtime\//)))("OpenAI's Realtime API: %s", async (_, { lines }) => {
    expect(realtimeOutcome(await readRealtime(await serveMessages(lines, { tls: { key, cert } })))).toEqual(
      outcomeOf(await read(lines)),
    );
  });

  test.each(named(streamsOf(/^gemini-live\//)))("Google's Live API: %s", async (_, { lines }) => {
    expect(liveOutcome(await readLive(await serveMessages(lines, { waits: true })))).toEqual(
      outcomeOf(await read(lines)),
    );
  });
});

function read(lines: readonly string[]): Promise<Report> {
  return reportOf(`${lines.join("\n")}\n`);
}

function outcomeOf({ responses }: Report): Outcome {
  const items = responses.flatMap((response) => response.items);
  return {
    text: responses.map(({ text }) => text).join(""),
    calls: items
      .filter(({ type, name }) => type.endsWith("call") && name !== undefined)
      .map((item) => [item.callId, item.name, normalized(item.arguments ?? "")]),
    totalTokens: responses.findLast(({ usage }) => usage !== null)?.usage?.totalTokens ?? null,
  };
}

function normalized(json: string): string {
  return json === "" ? "" : JSON.stringify(JSON.parse(json));
}

/** Texts and transcripts of answers, and of what a transcription session hears. */
const DELTA = /^response\.(?:output_)?(?:text|audio_transcript)\.delta$|input_audio_transcription\.delta$/;

async function readRealtime(address: string): Promise<readonly RealtimeServerEvent[]> {
  const client = new OpenAI({ apiKey: "any", baseURL: `http://${address}` });
  const connection = new OpenAIRealtimeWS({ model: "any", options: { rejectUnauthorized: false } }, client);
  const events: RealtimeServerEvent[] = [];
  connection.on("event", (event) => events.push(event));
  connection.on("error", () => {});
  await new Promise((resolve) => connection.socket.on("close", resolve));
  return events;
}

function realtimeOutcome(events: readonly RealtimeServerEvent[]): Outcome {
  /** By response: several may come at a time. */
  const texts = new Map<string, string>();
  const calls = new Map<string | undefined, (string | undefined)[]>();
  let totalTokens: number | null = null;
  for (const event of events) {
    // Names of the beta are no longer those of the client's types.
    const type: string = event.type;
    if (event.type === "response.created") texts.set(event.response.id ?? "", "");
    if (DELTA.test(type) && "delta" in event) {
      const of = "response_id" in event ? event.response_id : "";
      texts.set(of, (texts.get(of) ?? "") + event.delta);
    }
    if (event.type === "response.output_item.done" && event.item.type !== "message" && "arguments" in event.item) {
      const { id, name, arguments: input } = event.item;
      calls.set(id, ["call_id" in event.item ? event.item.call_id : undefined, name, normalized(input)]);
    }
    if (event.type === "response.done") totalTokens = event.response.usage?.total_tokens ?? totalTokens;
    if (event.type === "conversation.item.input_audio_transcription.completed" && "total_tokens" in event.usage) {
      totalTokens = event.usage.total_tokens;
    }
  }
  return { text: [...texts.values()].join(""), calls: [...calls.values()], totalTokens };
}

async function readLive(address: string): Promise<readonly LiveServerMessage[]> {
  const client = new GoogleGenAI({ apiKey: "any", httpOptions: { baseUrl: `http://${address}` } });
  const messages: LiveServerMessage[] = [];
  await new Promise<void>((resolve, reject) => {
    const callbacks = { onmessage: (message: LiveServerMessage) => messages.push(message), onclose: () => resolve() };
    client.live.connect({ model: "any", callbacks }).catch(reject);
  });
  return messages;
}

function liveOutcome(messages: readonly LiveServerMessage[]): Outcome {
  let text = "";
  const calls: (string | undefined)[][] = [];
  let totalTokens: number | null = null;
  for (const { serverContent, toolCall, usageMetadata } of messages) {
    for (const part of serverContent?.modelTurn?.parts ?? []) if (part.thought !== true) text += part.text ?? "";
    text += serverContent?.outputTranscription?.text ?? "";
    for (const { id, name, args } of toolCall?.functionCalls ?? []) calls.push([id, name, JSON.stringify(args)]);
    totalTokens = usageMetadata?.totalTokenCount ?? totalTokens;
  }
  return { text, calls, totalTokens };
}
