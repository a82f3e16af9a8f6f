// Captures of OpenAI's Responses API, as the API sends them: the order of events and fields, the event line before the
// data, one delta per token, and the padding that hides the length of a token.
import type { Extent } from "./extent.ts";
import type { Random } from "./random.ts";
import { tokens, toolArguments } from "./tokens.ts";

export interface ResponseShape extends Extent {
  /** The order of an event's fields. Recordings up to 2025 have `number-first`, later ones `alphabetical`. */
  readonly fieldOrder: "number-first" | "alphabetical";
  readonly item: "message" | "function-call";
  /** Most of the text is in scripts other than Latin. */
  readonly isMixed?: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** An item: its id, and its JSON in the added and the done event. */
interface Item {
  readonly id: string;
  readonly begun: Fields;
  readonly done: Fields;
}

const TOOL_NAMES = ["get_tide", "get_wind", "search_charts"] as const;

/** A token and its padding have this many characters together. */
const PADDED_LENGTH = 16;

/** The events of one completed response, as text. */
export function* response(random: Random, shape: ResponseShape): Generator<string> {
  const arrange = shape.fieldOrder === "alphabetical" ? alphabetical : (fields: Fields) => fields;
  const id = `resp_${random.hex(50)}`;
  const output: Fields[] = [];
  let sequenceNumber = 0;
  let length = 0;
  let outputTokens = 0;

  const event = (type: string, fields: Fields): string => {
    const numbered = arrange({ sequence_number: sequenceNumber++, ...fields });
    const text = `event: ${type}\ndata: ${JSON.stringify({ type, ...numbered })}\n\n`;
    length += text.length;
    return text;
  };

  yield event("response.created", { response: snapshot(id, "in_progress", [], null) });
  yield event("response.in_progress", { response: snapshot(id, "in_progress", [], null) });
  yield* reasoningItem();
  do {
    yield* shape.item === "message" ? messageItem() : functionCallItem();
  } while (length < shape.length);
  yield event("response.completed", { response: snapshot(id, "completed", output, outputTokens) });

  function* reasoningItem(): Generator<string> {
    const item = { id: `rs_${random.hex(50)}`, type: "reasoning", summary: [] };
    yield* wrapped({ id: item.id, begun: item, done: item }, function* nothing() {});
  }

  function* messageItem(): Generator<string> {
    const deltas = tokens(random, shape.deltas, shape.isMixed);
    const message = { id: `msg_${random.hex(50)}`, type: "message" };
    const part = { type: "output_text", annotations: [], logprobs: [], text: deltas.join("") };
    const item = {
      id: message.id,
      begun: { ...message, status: "in_progress", content: [], role: "assistant" },
      done: { ...message, status: "completed", content: [part], role: "assistant" },
    };
    yield* wrapped(item, function* content(place) {
      const inPart = { ...place, content_index: 0 };
      yield event("response.content_part.added", { ...inPart, part: { ...part, text: "" } });
      for (const delta of deltas) {
        const obfuscation = padding(random, delta);
        yield event("response.output_text.delta", { ...inPart, delta, logprobs: [], obfuscation });
      }
      outputTokens += deltas.length;
      yield event("response.output_text.done", { ...inPart, text: part.text, logprobs: [] });
      yield event("response.content_part.done", { ...inPart, part });
    });
  }

  function* functionCallItem(): Generator<string> {
    const deltas = toolArguments(random, shape.deltas);
    const args = deltas.join("");
    const call = { id: `fc_${random.hex(50)}`, type: "function_call" };
    const of = { call_id: `call_${random.letters(24)}`, name: random.word(TOOL_NAMES) };
    const item = {
      id: call.id,
      begun: { ...call, status: "in_progress", arguments: "", ...of },
      done: { ...call, status: "completed", arguments: args, ...of },
    };
    yield* wrapped(item, function* content(place) {
      for (const delta of deltas) {
        yield event("response.function_call_arguments.delta", { ...place, delta, obfuscation: padding(random, delta) });
      }
      outputTokens += deltas.length;
      yield event("response.function_call_arguments.done", { ...place, arguments: args });
    });
  }

  /** An item's added event, its other events, and its done event. */
  function* wrapped(item: Item, content: (place: Fields) => Generator<string>): Generator<string> {
    const output_index = output.length;
    yield event("response.output_item.added", { output_index, item: item.begun });
    yield* content({ item_id: item.id, output_index });
    output.push(item.done);
    yield event("response.output_item.done", { output_index, item: item.done });
  }
}

/** One response with a picture of `length` Base64 characters in one event, on one line. */
export function* responseWithPicture(random: Random, length: number): Generator<string> {
  const id = `resp_${random.hex(50)}`;
  const item = { id: `ig_${random.hex(50)}`, type: "image_generation_call" };
  const size = { size: "1024x1024", quality: "low", background: "opaque", output_format: "png" };
  // One part, repeated: no reader decodes it, and generating a random picture would take longer than reading it.
  const picture = random
    .letters(60_000)
    .repeat(Math.ceil(length / 60_000))
    .slice(0, length);
  const done = { ...item, status: "completed", ...size, result: random.letters(400), revised_prompt: "a harbour" };
  const place = { output_index: 0, item_id: item.id };
  const payloads: Fields[] = [
    { type: "response.created", response: snapshot(id, "in_progress", [], null) },
    { type: "response.in_progress", response: snapshot(id, "in_progress", [], null) },
    { type: "response.output_item.added", output_index: 0, item: { ...item, status: "in_progress" } },
    { type: "response.image_generation_call.in_progress", ...place },
    { type: "response.image_generation_call.generating", ...place },
    {
      type: "response.image_generation_call.partial_image",
      ...place,
      partial_image_index: 0,
      partial_image_b64: picture,
      ...size,
    },
    { type: "response.image_generation_call.completed", ...place },
    { type: "response.output_item.done", output_index: 0, item: done },
    { type: "response.completed", response: snapshot(id, "completed", [done], 0) },
  ];
  for (const [sequence_number, { type, ...fields }] of payloads.entries()) {
    yield `event: ${String(type)}\ndata: ${JSON.stringify({ type, sequence_number, ...fields })}\n\n`;
  }
}

function snapshot(id: string, status: string, output: readonly Fields[], outputTokens: number | null): Fields {
  return {
    id,
    object: "response",
    created_at: 1_763_810_400,
    status,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model: "gpt-5-mini-2025-08-07",
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: "low", summary: null },
    service_tier: outputTokens === null ? "auto" : "default",
    store: true,
    temperature: 1,
    text: { format: { type: "text" } },
    tool_choice: "auto",
    tools: [],
    top_p: 1,
    truncation: "disabled",
    usage: outputTokens === null ? null : usageOf(21, outputTokens),
    user: null,
    metadata: {},
  };
}

function usageOf(inputTokens: number, outputTokens: number): Fields {
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
}

function padding(random: Random, delta: string): string {
  return random.letters(PADDED_LENGTH - (delta.length % PADDED_LENGTH));
}

function alphabetical(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}
