// The path of a request in a shared copy: it shows the API, but no account, project or deployment.
import { isKnownModel } from "./model-names.ts";

/** Replaces a segment that may identify a user. */
const REDACTED = "redacted";

/** API versions: v1, v1beta1, v1p1beta1, v1internal; not dates. */
const VERSION = /^v\d{1,2}(?:p\d+)?(?:(?:alpha|beta)\d*|internal)?$/;

/** Words in the paths of model APIs and gateways. */
const WORDS: ReadonlySet<string> = new Set(
  `
  api apis openai anthropic google azure bedrock vertex gemini ollama cohere groq mistral deepseek openrouter litellm
  chat completions completion complete messages count_tokens count-tokens responses input_items input_tokens compact cancel
  models model embeddings moderations files batches images generations edits variations audio speech transcriptions
  translations realtime sessions client_secrets assistants threads runs steps submit_tool_outputs create
  projects locations publishers endpoints deployments engines accounts organizations global tunedModels cachedContents
  generateContent streamGenerateContent countTokens embedContent batchEmbedContents predict rawPredict streamRawPredict
  serverStreamingPredict computeTokens interactions
  invoke invoke-with-response-stream invoke-with-bidirectional-stream converse converse-stream agents agentAliases
  sessions text retrieveAndGenerate retrieveAndGenerateStream flows aliases
  generate generate_stream tags show ps pull embed version rerank rerankings classify tokenize infer inference serverless
  paas compatible-mode services aigc text-generation multimodal-generation generation
  chat-messages completion-messages workflows run workflow conversations conversation retrieve open_api bot rpc wenxinworkshop
  predictions prediction stream events sse mcp message a2a agent ag-ui copilotkit awp task tasks send subscribe
  foundation-models apps gateway proxy llm ai inference.ai public internal healthz health
  event_logging oauth hello
  `
    .trim()
    .split(/\s+/),
);
/** Ids of OpenAI's objects; the prefix is the type of object. */
const OBJECT = /^(?<kind>resp|thread|run|step|msg|asst|conv|file|batch)_\w+$/;
/** Segments before the name of a model. */
const BEFORE_MODEL: ReadonlySet<string> = new Set(["models", "model", "engines"]);
/** Segments before a name that the user chose, even if it is a known word. */
const BEFORE_NAME: ReadonlySet<string> = new Set(
  "accounts agentAliases agents aliases deployments endpoints organizations projects tunedModels".split(" "),
);

/**
 * Replaces the segments of a path that are not words of APIs: `/v1/accounts/acme/models/x:predict` becomes
 * `/v1/accounts/redacted/models/redacted:predict`. A path that is shareable already stays the same.
 */
export function shareablePath(path: string): string {
  let before = "";
  return path
    .split("/")
    .map((segment) => {
      const shown = shareableSegment(segment, before);
      before = segment;
      return shown;
    })
    .join("/");
}

function shareableSegment(segment: string, before: string): string {
  const text = decode(segment);
  const mayStay = BEFORE_MODEL.has(before) ? isKnownModel : BEFORE_NAME.has(before) ? isNone : isWord;
  if (text === "" || mayStay(text)) return segment;
  // Google's methods follow a colon: `gemini-2.5-pro:streamGenerateContent`, `v1internal:countTokens`.
  const colon = text.lastIndexOf(":");
  if (colon !== -1 && isWord(text.slice(colon + 1))) {
    const name = text.slice(0, colon);
    return `${mayStay(name) ? name : REDACTED}:${text.slice(colon + 1)}`;
  }
  const kind = OBJECT.exec(text)?.groups?.["kind"];
  return kind === undefined ? REDACTED : `${kind}_${REDACTED}`;
}

function isWord(text: string): boolean {
  return VERSION.test(text) || WORDS.has(text);
}

function isNone(): boolean {
  return false;
}

/** An invalid % sequence stays as it is. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
