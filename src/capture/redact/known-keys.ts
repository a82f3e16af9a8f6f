// What is known of the keys of payloads, of all dialects together. It is a list of what may stay: a string under any other
// key is replaced, and so is all that an object holds that stands under another key.

/** Where a value stands: its key and, if that is in an object under a key of its own, this one. */
export interface KeyPlace {
  /** The elements of an array stand under the key of the array; null at the root. */
  readonly key: string | null;
  readonly parent: string | null;
}

/** Keys; null: wherever they stand, else under these keys alone. */
type Keys = Readonly<Record<string, readonly (string | null)[] | null>>;

/** Objects and lists of the protocols themselves. */
const STRUCTURES: Keys = {
  // OpenAI Responses; `response` is Gemini Code Assist's too.
  response: [null],
  item: null,
  output: ["response"],
  part: null,
  summary: null,
  annotations: null,
  annotation: null,
  action: null,
  operation: null,
  outputs: null,
  caller: null,
  incomplete_details: null,
  tools: ["response", "result"],
  // Chat Completions and Assistants.
  choices: null,
  delta: null,
  message: null,
  content: null,
  tool_calls: null,
  function: null,
  function_call: null,
  custom: null,
  text: ["content"],
  images: null,
  audio: null,
  reasoning_details: null,
  step_details: null,
  required_action: null,
  submit_tool_outputs: null,
  x_groq: null,
  // Errors and counts, everywhere.
  error: null,
  last_error: null,
  usage: null,
  iterations: null,
  // Anthropic.
  content_block: null,
  citation: null,
  citations: null,
  source: null,
  stop_details: null,
  from: null,
  to: null,
  tool_references: null,
  // Gemini.
  candidates: null,
  parts: null,
  functionCall: null,
  partialArgs: null,
  executableCode: null,
  codeExecutionResult: null,
  toolCall: null,
  toolResponse: null,
  inlineData: null,
  promptFeedback: null,
  usageMetadata: null,
  // Interactions.
  interaction: null,
  step: null,
  steps: null,
  // Cohere.
  sources: null,
  // Bedrock.
  messageStart: null,
  contentBlockStart: null,
  contentBlockDelta: null,
  contentBlockStop: null,
  messageStop: null,
  start: null,
  toolUse: null,
  toolResult: null,
  reasoningContent: null,
  // Text Generation Inference.
  details: [null],
  // The AI SDK's; an application says in it what it likes, of which a model's name is told.
  messageMetadata: [null],
  // MCP.
  result: [null],
  params: [null],
  resource: null,
  contents: null,
  messages: null,
};

/** Strings that say what something is, not what it holds; each stays if it looks like a word. */
const WORDS: Keys = {
  type: null,
  event_type: null,
  event: null,
  object: null,
  kind: null,
  role: null,
  status: null,
  phase: null,
  outcome: null,
  model: null,
  modelVersion: null,
  agent: null,
  service_tier: null,
  serviceTier: null,
  finish_reason: null,
  native_finish_reason: null,
  finishReason: null,
  stop_reason: null,
  stopReason: null,
  done_reason: null,
  blockReason: null,
  reason: [null, "incomplete_details"],
  category: ["stop_details"],
  language: ["executableCode"],
  code: ["error", "last_error"],
  error_code: null,
  error_type: [null],
  media_type: null,
  mime_type: null,
  mimeType: null,
  mediaType: null,
  created_at: null,
  jsonrpc: null,
  method: null,
  protocolVersion: null,
  level: null,
  toolType: null,
};

/** Names of tools; each stays if it looks like one. */
const NAMES: Keys = {
  toolName: null,
  tool_name: null,
  name: [
    "item",
    "output",
    "content",
    "content_block",
    "delta",
    "step",
    "tools",
    "function",
    "function_call",
    "custom",
    "functionCall",
    "toolUse",
  ],
};

/** Arguments of calls as JSON text, whole or a piece. `delta` is one where the dialect says so. */
const ARGUMENTS: ReadonlySet<string> = new Set(["arguments", "partial_json", "inputTextDelta", "input"]);
/** Base64 and what was encrypted. */
const OPAQUE =
  /^(?:signature|fingerprint|obfuscation|p|data|blob|b64_json|partial_image_b64|encrypted_.*|.*[sS]ignature|redactedContent)$/;
const ID = /^id$|(?:^|_)ids?$|[a-z]I[Dd]s?$|^system_fingerprint$|^server_label$|^server_name$|^progressToken$/;

function isListed(list: Keys, { key, parent }: KeyPlace): boolean {
  if (key === null || !Object.hasOwn(list, key)) return false;
  const parents = list[key] ?? null;
  return parents === null || parents.includes(parent);
}

/** Whether an object or array at a place is the protocol's own, if the one around it is. */
export function isStructure(place: KeyPlace): boolean {
  return place.key === null || isListed(STRUCTURES, place);
}

/** What a string of a protocol's own object is, by its key. */
export type StringKind = "word" | "name" | "path" | "id" | "arguments" | "delta" | "opaque" | "text";

/** `hasError`: the dialect says that the event tells an error, whose `code` is one, and no program. */
export function kindOfString(place: KeyPlace, hasError: boolean): StringKind {
  const { key } = place;
  if (key === null) return "text";
  if (isListed(WORDS, place) || (key === "code" && hasError)) return "word";
  if (isListed(NAMES, place)) return "name";
  if (key === "jsonPath") return "path";
  if (ARGUMENTS.has(key)) return "arguments";
  if (key === "delta") return "delta";
  if (ID.test(key)) return "id";
  return OPAQUE.test(key) ? "opaque" : "text";
}
