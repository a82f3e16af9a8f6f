// Captures of Anthropic's Messages API, as the API sends them: deltas of a few tokens, payloads padded with spaces.
import type { Extent } from "./extent.ts";
import type { Random } from "./random.ts";
import { tokens, toolArguments } from "./tokens.ts";

export interface MessageShape extends Extent {
  readonly block: "text" | "tool-use";
}

type Fields = Readonly<Record<string, unknown>>;

/** The spaces that hide the length of a delta. */
const MOST_BLANKS = 15;

const TOKENS_PER_DELTA = 4;

/** The events of one complete message, as text. */
export function* message(random: Random, shape: MessageShape): Generator<string> {
  let length = 0;
  let blocks = 0;
  let outputTokens = 1;

  const event = (type: string, fields: Fields): string => {
    const blanks = " ".repeat(random.between(0, MOST_BLANKS));
    const text = `event: ${type}\ndata: ${JSON.stringify({ type, ...fields }).slice(0, -1)}${blanks}}\n\n`;
    length += text.length;
    return text;
  };

  yield event("message_start", { message: begun(`msg_01${random.letters(22)}`) });
  yield event("ping", {});
  do {
    const index = blocks++;
    yield* shape.block === "text" ? textBlock(index) : toolUseBlock(index);
  } while (length < shape.length);
  yield event("message_delta", {
    delta: { stop_reason: shape.block === "text" ? "end_turn" : "tool_use", stop_sequence: null },
    usage: { ...INPUT_USAGE, output_tokens: outputTokens },
  });
  yield event("message_stop", {});

  function* textBlock(index: number): Generator<string> {
    yield event("content_block_start", { index, content_block: { type: "text", text: "" } });
    for (let delta = 0; delta < shape.deltas; delta += 1) {
      const said = tokens(random, random.between(1, 2 * TOKENS_PER_DELTA - 1));
      outputTokens += said.length;
      yield event("content_block_delta", { index, delta: { type: "text_delta", text: said.join("") } });
    }
    yield event("content_block_stop", { index });
  }

  function* toolUseBlock(index: number): Generator<string> {
    const id = `toolu_01${random.letters(22)}`;
    yield event("content_block_start", { index, content_block: { type: "tool_use", id, name: "get_tide", input: {} } });
    for (const partial_json of ["", ...toolArguments(random, shape.deltas)]) {
      outputTokens += 1;
      yield event("content_block_delta", { index, delta: { type: "input_json_delta", partial_json } });
    }
    yield event("content_block_stop", { index });
  }
}

const INPUT_USAGE = { input_tokens: 24, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };

function begun(id: string): Fields {
  return {
    model: "claude-sonnet-4-5-20250929",
    id,
    type: "message",
    role: "assistant",
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...INPUT_USAGE, output_tokens: 1, service_tier: "standard" },
  };
}
