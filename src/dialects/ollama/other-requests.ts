// Requests of Ollama's clients that no model answers.
import type { OtherRequest } from "../../model/dialect-traits.ts";

export const others: readonly OtherRequest[] = [
  {
    // https://docs.ollama.com/api/tags
    path: /\/api\/tags$/,
    body: ({ models }) => ({ models: models.map((model) => ({ name: model, model })) }),
  },
  // https://docs.ollama.com/api
  { path: /\/api\/(?:version|show|ps|pull|embed|embeddings)$/ },
];
