// Columns of amounts: tokens and cost as reported by the provider, and the size of the received data.
import { column } from "../column.ts";
import { shortText } from "../short-text.ts";

export const amounts = [
  column(
    "input_tokens",
    "integer?",
    "All input, cached or not, as reported.",
    ({ response }) => response?.usage?.inputTokens ?? null,
  ),
  column(
    "cached_input_tokens",
    "integer?",
    "The part of the input that came from the cache.",
    ({ response }) => response?.usage?.cachedInputTokens ?? null,
  ),
  column(
    "output_tokens",
    "integer?",
    "All output, reasoning included, as reported.",
    ({ response }) => response?.usage?.outputTokens ?? null,
  ),
  column(
    "reasoning_tokens",
    "integer?",
    "The part of the output that is reasoning.",
    ({ response }) => response?.usage?.reasoningTokens ?? null,
  ),
  column(
    "total_tokens",
    "integer?",
    "The total as reported, or the sum of input and output if only those are reported.",
    ({ response }) => response?.usage?.totalTokens ?? null,
  ),
  column("cost", "double?", "The cost as reported by the provider.", ({ response }) => response?.cost?.amount ?? null),
  column("cost_unit", "string?", "Unit of the cost, such as USD or credits.", ({ response }) =>
    shortText(response?.cost?.unit),
  ),
  column(
    "text_characters",
    "integer?",
    "Number of characters of visible text in the response.",
    ({ sizes }) => sizes?.textCharacters ?? null,
  ),
  column("items", "integer?", "Number of outputs of the response.", ({ sizes }) => sizes?.items ?? null),
  column("tool_calls", "integer?", "Number of outputs that call a tool.", ({ sizes }) => sizes?.toolCalls ?? null),
  column("bytes", "integer?", "Size of the stream in bytes.", ({ report }) => report?.bytes ?? null),
  column("events", "integer?", "Number of events in the stream.", ({ report }) => report?.events ?? null),
] as const;
