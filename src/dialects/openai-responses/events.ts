// The event types of the Responses API with similar shapes, as tables: the 58 of the published list, except the few
// that openai-responses.ts reads one by one, and undocumented ones that are sent.
// https://platform.openai.com/docs/api-reference/responses-streaming
import type { TextKind } from "../../model/text-kinds.ts";

/** Sent during silence, and undocumented: openai/openai-node#1964, and OpenRouter's own. */
export const KEEP_ALIVES = new Set(["keepalive", "response.keep_alive"]);

/** The end of a response in the Realtime API. */
export const RESPONSE_DONE = "response.done";

/** Deltas by event type: their kind of text, and the field that numbers the parts. */
export const DELTAS: Record<string, { kind: TextKind; part: string | null }> = {
  "response.output_text.delta": { kind: "text", part: "content_index" },
  "response.refusal.delta": { kind: "refusal", part: "content_index" },
  "response.reasoning_text.delta": { kind: "reasoning", part: "content_index" },
  // Open Responses' name for the one above.
  "response.reasoning.delta": { kind: "reasoning", part: "content_index" },
  "response.reasoning_summary_text.delta": { kind: "reasoning-summary", part: "summary_index" },
  "response.function_call_arguments.delta": { kind: "tool-input", part: null },
  "response.mcp_call_arguments.delta": { kind: "tool-input", part: null },
  "response.custom_tool_call_input.delta": { kind: "tool-input", part: null },
  "response.code_interpreter_call_code.delta": { kind: "code", part: null },
  "response.shell_call_command.delta": { kind: "code", part: "command_index" },
  // Not in OpenAI's own list, but sent for every patch.
  "response.apply_patch_call_operation_diff.delta": { kind: "code", part: null },
};

/** The events that end a part: which field holds its whole text. */
export const ENDS: Record<string, { kind: TextKind; part: string | null; text: string }> = {
  "response.output_text.done": { kind: "text", part: "content_index", text: "text" },
  "response.refusal.done": { kind: "refusal", part: "content_index", text: "refusal" },
  "response.reasoning_text.done": { kind: "reasoning", part: "content_index", text: "text" },
  "response.reasoning.done": { kind: "reasoning", part: "content_index", text: "text" },
  "response.reasoning_summary_text.done": { kind: "reasoning-summary", part: "summary_index", text: "text" },
  "response.function_call_arguments.done": { kind: "tool-input", part: null, text: "arguments" },
  "response.mcp_call_arguments.done": { kind: "tool-input", part: null, text: "arguments" },
  "response.custom_tool_call_input.done": { kind: "tool-input", part: null, text: "input" },
  "response.code_interpreter_call_code.done": { kind: "code", part: null, text: "code" },
  "response.shell_call_command.done": { kind: "code", part: "command_index", text: "command" },
  "response.apply_patch_call_operation_diff.done": { kind: "code", part: null, text: "diff" },
};

/** The steps of hosted tools: `response.<call>.<step>`. */
export const STEPS: Record<string, readonly string[]> = {
  web_search_call: ["in_progress", "searching", "completed"],
  file_search_call: ["in_progress", "searching", "completed"],
  code_interpreter_call: ["in_progress", "interpreting", "completed"],
  image_generation_call: ["in_progress", "generating", "completed"],
  mcp_call: ["in_progress", "completed", "failed"],
  mcp_list_tools: ["in_progress", "completed", "failed"],
};

/** Known events without facts of their own. */
export const SILENT = ["response.audio.done", "response.audio.transcript.done"];

/** The events that begin or end a part, with the field that numbers it. */
export const PART_MARKS: Record<string, { type: "part-start" | "part-end"; part: string }> = {
  "response.content_part.added": { type: "part-start", part: "content_index" },
  "response.content_part.done": { type: "part-end", part: "content_index" },
  "response.reasoning_summary_part.added": { type: "part-start", part: "summary_index" },
  "response.reasoning_summary_part.done": { type: "part-end", part: "summary_index" },
  "response.shell_call_command.added": { type: "part-start", part: "command_index" },
};
