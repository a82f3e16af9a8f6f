// Captures of OpenAI's Chat Completions, as the API sends them, with `stream_options.include_usage`.
import type { Extent } from "./extent.ts";
import type { Random } from "./random.ts";
import { tokens, toolArguments } from "./tokens.ts";

export interface ChatShape extends Extent {
  readonly says: "text" | "tool-calls";
  /** How many choices there are, whose events take turns; left out: one. */
  readonly choices?: number;
}

type Fields = Readonly<Record<string, unknown>>;

const PADDED_LENGTH = 16;

/** The events of one complete response, as text. */
export function* completion(random: Random, shape: ChatShape): Generator<string> {
  const id = `chatcmpl-${random.letters(29)}`;
  let length = 0;
  let outputTokens = 0;

  const chunk = (choices: readonly Fields[], usage: Fields | null, obfuscation: string): string => {
    const payload = {
      id,
      object: "chat.completion.chunk",
      created: 1_763_810_400,
      model: "gpt-4o-mini-2024-07-18",
      service_tier: "default",
      system_fingerprint: "fp_dbaca60df0",
      choices,
      usage,
      obfuscation,
    };
    const text = `data: ${JSON.stringify(payload)}\n\n`;
    length += text.length;
    return text;
  };
  const choice = (delta: Fields, padded: string, index = 0, finishReason: string | null = null): string => {
    const obfuscation = random.letters(PADDED_LENGTH - (padded.length % PADDED_LENGTH));
    return chunk([{ index, delta, logprobs: null, finish_reason: finishReason }], null, obfuscation);
  };
  const choices = Array.from({ length: shape.choices ?? 1 }, (_, index) => index);

  for (const index of choices) {
    yield choice({ role: "assistant", content: shape.says === "text" ? "" : null, refusal: null }, "", index);
  }
  let call = 0;
  do {
    yield* shape.says === "text" ? text() : toolCall(call++);
  } while (length < shape.length);
  for (const index of choices) yield choice({}, "", index, shape.says === "text" ? "stop" : "tool_calls");
  yield chunk([], usageOf(14, outputTokens), "");
  yield "data: [DONE]\n\n";

  function* text(): Generator<string> {
    for (const content of tokens(random, shape.deltas)) {
      outputTokens += 1;
      yield choice({ content }, content, outputTokens % choices.length);
    }
  }

  function* toolCall(index: number): Generator<string> {
    const named = { id: `call_${random.letters(24)}`, type: "function", function: { name: "get_tide", arguments: "" } };
    yield choice({ tool_calls: [{ index, ...named }] }, "");
    for (const piece of toolArguments(random, shape.deltas)) {
      outputTokens += 1;
      yield choice({ tool_calls: [{ index, function: { arguments: piece } }] }, piece);
    }
  }
}

function usageOf(inputTokens: number, outputTokens: number): Fields {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
