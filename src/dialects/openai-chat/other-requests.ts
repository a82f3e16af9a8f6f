// Requests of clients of OpenAI's API and compatible APIs that no model answers.
import type { OtherRequest } from "../../model/dialect-traits.ts";

export const others: readonly OtherRequest[] = [
  {
    // https://platform.openai.com/docs/api-reference/models/list
    path: /(?<!\/v1(?:alpha|beta)\d*)\/models$/,
    body: ({ models }) => ({ object: "list", data: models.map(describe) }),
  },
  // https://platform.openai.com/docs/api-reference/models/retrieve, and endpoints that never stream
  {
    path: /\/models\/[^:]+$|\/v1\/(?:embeddings|moderations|files|batches|responses\/(?:input_tokens|compact))$/,
  },
];

function describe(id: string): object {
  return { id, object: "model", created: 0, owned_by: "replay" };
}
