// The official client of LangGraph reads the same runs from a replay. It hands on events, whose messages are put together
// here as its documentation says, and must come to the same.
import { Client } from "@langchain/langgraph-sdk";
import { expect, test } from "vitest";
import { named } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";

interface Outcome {
  readonly text: string;
  readonly calls: readonly (readonly (string | null)[])[];
  /** Input, output. */
  readonly usage: readonly number[] | null;
  readonly error: string | null;
}

/** A message of LangChain, or a piece of one. */
interface Message {
  readonly id: string | null;
  readonly type: string;
  readonly content: string | readonly { readonly type: string; readonly text?: string }[];
  readonly tool_calls?: readonly { readonly id: string | null; readonly name: string; readonly args: object }[];
  readonly tool_call_chunks?: readonly {
    readonly id: string | null;
    readonly name: string | null;
    readonly args: string | null;
    readonly index: number;
  }[];
  readonly usage_metadata?: { readonly input_tokens: number; readonly output_tokens: number } | null;
}

interface Event {
  readonly event: string;
  /** As JSON. */
  readonly data: string;
}

/** LangServe's events have the same envelope, and data of their own. */
const LANGSERVE = /^langgraph\/langserve/;
/** Where chunks are lost, the client has the text of the whole message. */
const LOST = new Set(["langgraph/delta-lost.sse", "langgraph/partial-shorter.sse"]);
const streams = fixtures.filter(({ name }) => name.startsWith("langgraph/") && !LOST.has(name));

test.each(named(streams))("The official client of LangGraph and this program agree: %s", async (name, { bytes }) => {
  const { origin } = await serveReplay(bytes);
  const { stdout } = await run([`${origin}/runs/stream`, "-d", "{}", "--json"]);
  const response = parseReport(stdout).responses.at(-1);
  const { text = "", items = [], usage = null, error = null } = response ?? {};
  const ours: Outcome = {
    text,
    calls: items
      .filter(({ type }) => type === "tool_call")
      .map((item) => [item.callId ?? null, item.name ?? null, JSON.stringify(JSON.parse(item.arguments ?? "{}"))]),
    usage: usage === null ? null : [usage.inputTokens ?? 0, usage.outputTokens ?? 0],
    error: error?.message ?? null,
  };
  const events = await readWithClient(origin);
  expect(LANGSERVE.test(name) ? langServeOutcome(events) : outcomeOf(events)).toEqual(ours);
});

async function readWithClient(apiUrl: string): Promise<Event[]> {
  const client = new Client({ apiUrl, apiKey: "any", callerOptions: { maxRetries: 0 } });
  const events: Event[] = [];
  for await (const event of client.runs.stream(null, "any", { input: {}, streamMode: ["messages", "values"] })) {
    events.push({ event: event.event, data: JSON.stringify(event.data) });
  }
  return events;
}

/** Pieces of messages by their ids; whole messages replace them. */
function outcomeOf(events: readonly Event[]): Outcome {
  const texts = new Map<string | null, string>();
  const calls = new Map<string, [id: string | null, name: string | null, input: string]>();
  const counts = new Map<string | null, readonly [number, number]>();
  /** Those that the first state holds are of earlier turns. */
  const earlier = new Set<string | null>();
  let error: string | null = null;
  let hasState = false;

  function read(message: Message, isPiece: boolean): void {
    const { id, content, tool_calls: whole = [], tool_call_chunks: pieces = [], usage_metadata: usage } = message;
    if (!/^(?:ai|AIMessage)/.test(message.type) || earlier.has(id)) return;
    const text = typeof content === "string" ? content : content.map((part) => part.text ?? "").join("");
    texts.set(id, isPiece ? (texts.get(id) ?? "") + text : text);
    for (const piece of pieces) {
      const key = `${id}/${piece.index}`;
      const known = calls.get(key) ?? [piece.id, piece.name, ""];
      calls.set(key, [known[0], known[1], known[2] + (piece.args ?? "")]);
    }
    if (!isPiece) {
      whole.forEach((call, index) => calls.set(`${id}/${index}`, [call.id, call.name, JSON.stringify(call.args)]));
    }
    if (usage) counts.set(id, [usage.input_tokens, usage.output_tokens]);
  }

  for (const { event: name, data } of events) {
    // The events of a subgraph name it: `messages|agent:1ef6`.
    const [event] = name.split("|", 1);
    if (event === "messages") {
      const [message]: [Message] = JSON.parse(data);
      read(message, true);
    } else if (event === "messages/partial" || event === "messages/complete") {
      const messages: Message[] = JSON.parse(data);
      for (const message of messages) read(message, false);
    } else if (event === "updates") {
      // What each node adds to the state.
      const nodes: Readonly<Record<string, { messages?: Message[] }>> = JSON.parse(data);
      for (const { messages = [] } of Object.values(nodes)) for (const message of messages) read(message, false);
    } else if (event === "values") {
      const { messages }: { messages: Message[] } = JSON.parse(data);
      if (!hasState) for (const { id } of messages) earlier.add(id);
      hasState = true;
      for (const message of messages) read(message, false);
    } else if (event === "events") {
      const inner: { event: string; data: { chunk?: Message } } = JSON.parse(data);
      if (inner.event === "on_chat_model_stream" && inner.data.chunk !== undefined) read(inner.data.chunk, true);
    } else if (event === "error") {
      const { message }: { message: string } = JSON.parse(data);
      error = message;
    }
  }
  const all = [...counts.values()];
  return {
    text: [...texts.values()].join(""),
    calls: [...calls.values()],
    usage: all.length === 0 ? null : [sum(all.map(([input]) => input)), sum(all.map(([, output]) => output))],
    error,
  };
}

/** What a run of LangServe streams: texts, messages, or operations that add texts to its log. */
function langServeOutcome(events: readonly Event[]): Outcome {
  const values = events.filter(({ event }) => event === "data").map(({ data }): LangServeData => JSON.parse(data));
  const usage = values.map((value) => (typeof value === "object" ? value.usage_metadata : null)).find(Boolean) ?? null;
  const failure = events.find(({ event }) => event === "error");
  const { message: error = null }: { message?: string | null } = JSON.parse(failure?.data ?? "{}");
  return {
    text: values.map(textOf).join(""),
    calls: [],
    usage: usage === null ? null : [usage.input_tokens, usage.output_tokens],
    error,
  };
}

type LangServeData =
  | string
  | (Partial<Pick<Message, "usage_metadata">> & { content?: string; ops?: readonly Operation[] });

interface Operation {
  readonly path: string;
  readonly value: unknown;
}

function textOf(value: LangServeData): string {
  if (typeof value === "string") return value;
  const added = (value.ops ?? []).filter(({ path }) => path === "/streamed_output/-");
  return [value.content ?? "", ...added.map(({ value: text }) => String(text))].join("");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
