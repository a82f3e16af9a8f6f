// Converts a chunk of Gemini's stream to the spelling of the HTTP API: camelCase, and words for enums. Dumps of
// Google's SDKs have snake_case, and some clients print enums as numbers.
import { asObject, type JsonObject } from "../../model/payload.ts";

/** Fields of which every event of this API has at least one. */
export const KNOWN_FIELDS = ["candidates", "promptFeedback", "usageMetadata"];

/** Keys of a chunk or candidate that went through an SDK of Python or Ruby. */
const SNAKE_KEYS = ["usage_metadata", "model_version", "response_id", "prompt_feedback", "sdk_http_response"];

/**
 * Numbers of finish reasons where Vertex AI and the Gemini API agree:
 * https://github.com/googleapis/googleapis/blob/master/google/cloud/aiplatform/v1/content.proto,
 * https://github.com/googleapis/googleapis/blob/master/google/ai/generativelanguage/v1beta/generative_service.proto
 */
const COMMON_REASONS = ["FINISH_REASON_UNSPECIFIED", "STOP", "MAX_TOKENS", "SAFETY", "RECITATION", "OTHER"];
const GEMINI_REASONS = [
  ...COMMON_REASONS,
  "LANGUAGE",
  "BLOCKLIST",
  "PROHIBITED_CONTENT",
  "SPII",
  "MALFORMED_FUNCTION_CALL",
  "IMAGE_SAFETY",
];
const VERTEX_REASONS = [
  ...COMMON_REASONS,
  "BLOCKLIST",
  "PROHIBITED_CONTENT",
  "SPII",
  "MALFORMED_FUNCTION_CALL",
  "MODEL_ARMOR",
  "IMAGE_SAFETY",
  "IMAGE_PROHIBITED_CONTENT",
  "IMAGE_RECITATION",
  "IMAGE_OTHER",
  "UNEXPECTED_TOOL_CALL",
  "NO_IMAGE",
];
const BLOCK_REASONS = ["BLOCK_REASON_UNSPECIFIED", "SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT"];

/** The chunk in a payload: the payload itself or, from Gemini Code Assist to Gemini CLI, its `response`. */
export function chunkOf(payload: JsonObject): JsonObject {
  const value = unwrap(payload);
  const chunk = isSnake(value) ? inCamelCase(value) : value;
  return hasNumbers(chunk) ? withWords(chunk) : chunk;
}

function unwrap(value: JsonObject): JsonObject {
  const inner = asObject(value.response);
  if (inner === null) return value;
  const isChunk = KNOWN_FIELDS.some((field) => asObject(inner[field]) !== null || Array.isArray(inner[field]));
  return isChunk || isSnake(inner) ? inner : value;
}

function isSnake(value: JsonObject): boolean {
  return SNAKE_KEYS.some((key) => value[key] !== undefined) || firstCandidate(value)?.finish_reason !== undefined;
}

function firstCandidate({ candidates }: JsonObject): JsonObject | null {
  return Array.isArray(candidates) ? asObject(candidates[0]) : null;
}

/** Converts only the protocol's own objects: the arguments of a call are the user's. */
function inCamelCase(value: JsonObject): JsonObject {
  const chunk = camelKeys(value);
  return {
    ...chunk,
    candidates: mapObjects(chunk.candidates, (candidate) => {
      const content = asObject(candidate.content);
      const ofCandidate = { ...camelKeys(candidate), groundingMetadata: camelValue(candidate.grounding_metadata) };
      return content === null
        ? ofCandidate
        : { ...ofCandidate, content: { ...content, parts: mapObjects(content.parts, camelPart) } };
    }),
    promptFeedback: camelValue(chunk.promptFeedback),
    usageMetadata: camelValue(chunk.usageMetadata),
  };
}

function camelPart(part: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(camelKeys(part)).map(([key, value]) => {
      const object = camelValue(value);
      const fragments = asObject(object)?.partialArgs;
      return [
        key,
        fragments === undefined ? object : { ...asObject(object), partialArgs: mapObjects(fragments, camelKeys) },
      ];
    }),
  );
}

function camelKeys(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camelKey(key), inner]));
}

function camelKey(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function camelValue(value: unknown): unknown {
  const object = asObject(value);
  return object === null ? value : camelKeys(object);
}

function mapObjects(list: unknown, map: (value: JsonObject) => JsonObject): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((entry: unknown) => {
    const object = asObject(entry);
    return object === null ? entry : map(object);
  });
}

function hasNumbers(chunk: JsonObject): boolean {
  return (
    typeof firstCandidate(chunk)?.finishReason === "number" ||
    typeof asObject(chunk.promptFeedback)?.blockReason === "number"
  );
}

function withWords(chunk: JsonObject): JsonObject {
  // Only Vertex AI reports the time of a response and its traffic type.
  const isVertex = chunk.createTime !== undefined || asObject(chunk.usageMetadata)?.trafficType !== undefined;
  const reasons = isVertex ? VERTEX_REASONS : GEMINI_REASONS;
  const feedback = asObject(chunk.promptFeedback);
  return {
    ...chunk,
    candidates: mapObjects(chunk.candidates, (candidate) => ({
      ...candidate,
      finishReason: wordFor(candidate.finishReason, reasons),
    })),
    ...(feedback !== null && {
      promptFeedback: { ...feedback, blockReason: wordFor(feedback.blockReason, BLOCK_REASONS) },
    }),
  };
}

/** The word for a number; an unknown number stays, as text. */
function wordFor(value: unknown, words: readonly string[]): unknown {
  return typeof value === "number" ? (words[value] ?? String(value)) : value;
}
