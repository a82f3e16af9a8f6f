// Requests of clients of Anthropic's API other than for messages.
import type { OtherRequest } from "../../model/dialect-traits.ts";

export const others: readonly OtherRequest[] = [
  {
    // https://docs.anthropic.com/en/api/messages-count-tokens
    path: /\/messages\/count_tokens$|\/models\/count-tokens(?:@\w+)?:rawPredict$/,
    body: ({ inputTokens }) => (inputTokens === null ? null : { input_tokens: inputTokens }),
  },
  {
    // https://docs.anthropic.com/en/api/models-list
    path: /\/models$/,
    header: "anthropic-version",
    body: ({ models }) => ({
      data: models.map(describe),
      has_more: false,
      first_id: models[0] ?? null,
      last_id: models.at(-1) ?? null,
    }),
  },
  // https://docs.anthropic.com/en/api/creating-message-batches, and Claude Code's reports about itself
  { path: /\/messages\/batches|\/api\/(?:event_logging|claude_c\w+|hello|oauth)\b/ },
];

function describe(id: string): object {
  return { type: "model", id, display_name: id, created_at: "1970-01-01T00:00:00Z" };
}
