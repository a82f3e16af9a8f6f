// Requests of clients of the Gemini API and of Gemini Code Assist that no model answers.
import type { OtherRequest } from "../../model/dialect-traits.ts";

export const others: readonly OtherRequest[] = [
  {
    // https://ai.google.dev/api/models#method:-models.list
    path: /\/v1(?:alpha|beta)\d*\/models$/,
    body: ({ models }) => ({ models: models.map(describe) }),
  },
  {
    // https://ai.google.dev/api/tokens
    path: /:countTokens$/,
    body: ({ inputTokens }) => (inputTokens === null ? null : { totalTokens: inputTokens }),
  },
  // Other methods of models, and those of Gemini Code Assist: `v1internal:loadCodeAssist` …
  {
    path: /:(?:embedContent|batchEmbedContents|predict|computeTokens)$|\/v1internal:(?!(?:streamG|g)enerateContent$)\w+$/,
  },
];

function describe(id: string): object {
  return { name: `models/${id}`, supportedGenerationMethods: ["generateContent"] };
}
