// Small streams of Chat Completions: chunks from builders, wrapped by `stream`.
//
//   stream(delta({ content: "hey" }), finish("stop"), done)
import { data } from "./stream.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Chunks as unnamed server-sent events; text is used as it is. */
export function stream(...chunks: readonly (object | string)[]): string {
  return chunks.map((chunk) => data(typeof chunk === "string" ? chunk : JSON.stringify(chunk))).join("");
}

export const done = "[DONE]";

/** A complete, valid stream with one message that consists of `texts`, one delta each. */
export function answer(...texts: readonly string[]): string {
  return stream(...texts.map((content) => delta({ content })), finish("stop"), usageChunk(), done);
}

export function chunk(choices: readonly Fields[], fields: Fields = {}): Fields {
  return { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "model-1", choices, ...fields };
}

export function delta(delta: Fields, index = 0): Fields {
  return chunk([{ index, delta, finish_reason: null }]);
}

export function finish(reason: string, index = 0): Fields {
  return chunk([{ index, delta: {}, finish_reason: reason }]);
}

export function usageChunk(usage: Fields = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 }): Fields {
  return chunk([], { usage });
}

/** A fragment of a tool call; the first one has a name, and with it an id. */
export function call(index: number, input: string, name?: string): Fields {
  const of = { ...(name !== undefined && { name }), arguments: input };
  const fragment = { index, ...(name !== undefined && { id: `call_${name}`, type: "function" }), function: of };
  return delta({ tool_calls: [fragment] });
}
