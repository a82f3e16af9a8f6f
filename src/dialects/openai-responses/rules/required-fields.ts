// The fields that clients join the stream by, as the schema of OpenAI's Responses API requires them for each event.
// Other fields, such as `logprobs`, are left out; sequence numbers have their own rules.
// https://platform.openai.com/docs/api-reference/responses-streaming

/** The type of a field: a text, a number from 0, or an object. */
export type FieldKind = "text" | "index" | "object";
type Fields = Readonly<Record<string, FieldKind>>;

/** A field that an event must have. */
export interface RequiredField {
  readonly name: string;
  readonly kind: FieldKind;
}

const RESPONSE = { response: "object" } as const;
const WHOLE_ITEM = { output_index: "index", item: "object" } as const;
const ITEM = { output_index: "index", item_id: "text" } as const;
const CONTENT = { ...ITEM, content_index: "index" } as const;
const SUMMARY = { ...ITEM, summary_index: "index" } as const;
/** Commands of a shell call do not name their item. */
const COMMAND = { output_index: "index", command_index: "index" } as const;

const SCHEMA: ReadonlyMap<string, Fields> = new Map<string, Fields>([
  ["response.created", RESPONSE],
  ["response.queued", RESPONSE],
  ["response.in_progress", RESPONSE],
  ["response.completed", RESPONSE],
  ["response.incomplete", RESPONSE],
  ["response.failed", RESPONSE],
  ["response.output_item.added", WHOLE_ITEM],
  ["response.output_item.done", WHOLE_ITEM],
  ["response.content_part.added", { ...CONTENT, part: "object" }],
  ["response.content_part.done", { ...CONTENT, part: "object" }],
  ["response.output_text.delta", { ...CONTENT, delta: "text" }],
  ["response.output_text.done", { ...CONTENT, text: "text" }],
  ["response.output_text.annotation.added", { ...CONTENT, annotation: "object" }],
  ["response.refusal.delta", { ...CONTENT, delta: "text" }],
  ["response.refusal.done", { ...CONTENT, refusal: "text" }],
  ["response.reasoning_text.delta", { ...CONTENT, delta: "text" }],
  ["response.reasoning_text.done", { ...CONTENT, text: "text" }],
  // Only in Open Responses.
  ["response.reasoning.delta", { ...CONTENT, delta: "text" }],
  ["response.reasoning.done", { ...CONTENT, text: "text" }],
  ["response.reasoning_summary_part.added", { ...SUMMARY, part: "object" }],
  ["response.reasoning_summary_part.done", { ...SUMMARY, part: "object" }],
  ["response.reasoning_summary_text.delta", { ...SUMMARY, delta: "text" }],
  ["response.reasoning_summary_text.done", { ...SUMMARY, text: "text" }],
  ["response.function_call_arguments.delta", { ...ITEM, delta: "text" }],
  ["response.function_call_arguments.done", { ...ITEM, arguments: "text" }],
  ["response.mcp_call_arguments.delta", { ...ITEM, delta: "text" }],
  ["response.mcp_call_arguments.done", { ...ITEM, arguments: "text" }],
  ["response.custom_tool_call_input.delta", { ...ITEM, delta: "text" }],
  ["response.custom_tool_call_input.done", { ...ITEM, input: "text" }],
  ["response.code_interpreter_call_code.delta", { ...ITEM, delta: "text" }],
  ["response.code_interpreter_call_code.done", { ...ITEM, code: "text" }],
  ["response.apply_patch_call_operation_diff.delta", { ...ITEM, delta: "text" }],
  ["response.apply_patch_call_operation_diff.done", { ...ITEM, diff: "text" }],
  // Audio does not name its item.
  ["response.audio.delta", { delta: "text" }],
  ["response.audio.done", {}],
  ["response.audio.transcript.delta", { delta: "text" }],
  ["response.audio.transcript.done", {}],
  ["response.shell_call_command.added", { ...COMMAND, command: "text" }],
  ["response.shell_call_command.delta", { ...COMMAND, delta: "text" }],
  ["response.shell_call_command.done", { ...COMMAND, command: "text" }],
  ["response.shell_call_output_content.delta", { ...ITEM, command_index: "index" }],
  ["response.shell_call_output_content.done", { ...ITEM, command_index: "index" }],
  ["response.image_generation_call.partial_image", { ...ITEM, partial_image_b64: "text" }],
]);
/** The steps of hosted tools, which all have the same fields. */
const STEP =
  /^response\.(?:code_interpreter|file_search|image_generation|mcp|web_search)_call\.\w+$|^response\.mcp_list_tools\.\w+$/;

/** Types already looked up: a stream has few. */
const listedFields = new Map<Fields, readonly RequiredField[]>();

/** The fields that an event of this type must have besides its type; null if the schema has no such event. */
export function requiredFields(type: string): readonly RequiredField[] | null {
  const fields = SCHEMA.get(type) ?? (STEP.test(type) ? ITEM : null);
  if (fields === null) return null;
  const known = listedFields.get(fields);
  if (known !== undefined) return known;
  const listed = Object.entries(fields).map(([name, kind]) => ({ name, kind }));
  listedFields.set(fields, listed);
  return listed;
}
