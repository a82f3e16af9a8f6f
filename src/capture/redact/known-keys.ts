// What is known of the keys of payloads, of all dialects together. It is a list of what may stay: a string under any other
// key is replaced, and so is all that an object holds that stands under another key.

/** Where a value stands: its key and, if that is in an object under a key of its own, this one. */
export interface KeyPlace {
  /** The elements of an array stand under the key of the array; null at the root. */
  readonly key: string | null;
  readonly parent: string | null;
}

/** Objects and lists of the protocols themselves. Null: wherever they stand; else under these keys alone. */
const STRUCTURES: Readonly<Record<string, readonly (string | null)[] | null>> = {
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
const WORDS: Readonly<Record<string, readonly (string | null)[] | null>> = {
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
const NAMES: Readonly<Record<string, readonly (string | null)[] | null>> = {
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
/** Lists of numbers that spell a text: UTF-8 and the numbers of tokens. `context` is Ollama's. */
const SPELLING_LISTS: ReadonlySet<string> = new Set([
  "bytes",
  "tokens",
  "token_ids",
  "prompt_token_ids",
  "output_token_ids",
  "context",
]);
const SPELLING_NUMBERS: ReadonlySet<string> = new Set(["token_id", "tokenId"]);
/** What holds tokens, each by its number as its `id`. */
const TOKENS: ReadonlySet<string | null> = new Set(["token", "tokens", "prefill", "top_tokens"]);

/** Letters, digits and signs of names, types, versions, media types and dates; no name of a tuned model or a resource. */
const WORD = /^(?!ft:|arn:)[\w.][\w.:/+;=-]{0,127}$/;
/** Tools are named so; files have a dot in their names. */
const TOOL_NAME = /^[\w-]{1,64}$/;
/** Keys of another shape are data. */
const NAME = /^[A-Za-z_$][\w$./-]{0,63}$/;
/** A place in arguments, of names and positions: https://www.rfc-editor.org/rfc/rfc9535 */
const JSON_PATH = /^\$(?:\.[A-Za-z_$][\w$-]{0,63}|\[\d+\])*$/;

function isListed(
  list: Readonly<Record<string, readonly (string | null)[] | null>>,
  { key, parent }: KeyPlace,
): boolean {
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

export function isWord(value: string): boolean {
  return WORD.test(value);
}

export function isToolName(name: string): boolean {
  return TOOL_NAME.test(name);
}

export function isName(key: string): boolean {
  return NAME.test(key);
}

export function isPlainPath(path: string): boolean {
  return JSON_PATH.test(path);
}

/** Whether a number stands for a piece of text, as one in a list or alone. */
export function isSpelling({ key, parent }: KeyPlace, isListed: boolean): boolean {
  // Of a stream of plain text, each piece may be one.
  if (key === null) return true;
  if (isListed) return SPELLING_LISTS.has(key);
  return SPELLING_NUMBERS.has(key) || (key === "id" && TOKENS.has(parent));
}

const TOP_TOKENS = "top_logprobs";
const KEYS_OF_TOP_TOKENS: ReadonlySet<string> = new Set([
  "token",
  "token_id",
  "logprob",
  "bytes",
  "rank",
  "decoded_token",
]);

/** Whether a key is a piece of text: legacy completions count by token, `{" Paris":-0.1}`. */
export function isSpellingKey(key: string, { key: around }: KeyPlace): boolean {
  return around === TOP_TOKENS && !KEYS_OF_TOP_TOKENS.has(key);
}
