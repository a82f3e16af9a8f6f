// What clients of OpenAI's API, and of those like it, ask besides responses.
import type { OtherRequest } from "../../model/dialect-traits.ts";

export const others: readonly OtherRequest[] = [
  {
    // https://platform.openai.com/docs/api-reference/models/list
    path: /(?<!\/v1(?:alpha|beta)\d*)\/models$/,
    body: ({ models }) => ({ object: "list", data: models.map(describe) }),
  },
  // https://platform.openai.com/docs/api-reference/models/retrieve and the endpoints that no model streams from
  {
    path: /\/models\/[^:]+$|\/v1\/(?:embeddings|moderations|files|batches|responses\/(?:input_tokens|compact))$/,
  },
];

function describe(id: string): object {
  return { id, object: "model", created: 0, owned_by: "replay" };
}
