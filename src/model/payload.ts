// What an event's data is, before any dialect looks at it.

export type JsonObject = { readonly [key: string]: unknown };

export type Payload =
  | { readonly type: "object"; readonly value: JsonObject }
  /** JSON, but no object: an array, a string, a number … */
  | { readonly type: "json"; readonly value: unknown }
  /** The literal `[DONE]` by which OpenAI's Chat Completions and their kin end. */
  | { readonly type: "done-sentinel" }
  /** It begins like an object or array and is none: damaged, cut, or two glued together. */
  | { readonly type: "broken-json"; readonly reason: string }
  | { readonly type: "text" };

/** The data of the event that ends a stream of Chat Completions, and of those that copy it. */
export const DONE_SENTINEL = "[DONE]";

/** Reads an event's data. Throws nothing. */
export function parsePayload(data: string): Payload {
  // Some servers put a space behind it; clients read it all the same.
  if (data.startsWith(DONE_SENTINEL) && data.trimEnd() === DONE_SENTINEL) return { type: "done-sentinel" };
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? { type: "object", value } : { type: "json", value };
  } catch (error) {
    if (!/^\s*[{[]/.test(data)) return { type: "text" };
    // Newer versions of Node.js add line and column; the same stream must give the same words everywhere.
    const reason = error instanceof Error ? error.message : String(error);
    return { type: "broken-json", reason: reason.replace(/ \(line \d+ column \d+\)$/, "") };
  }
}

/** Whether data that the input ends in can be all of it: not where JSON has begun and does not close. */
export function isWhole(data: string): boolean {
  return data !== "" && parsePayload(data).type !== "broken-json";
}

const OPENING = new Set(["{", "["]);

/** Whether data begins like a JSON object or array, or like `[DONE]`. */
export function beginsLikeJson(data: string): boolean {
  return OPENING.has(data.charAt(0));
}

/** Whether data is all of an event's: a JSON object or array, or `[DONE]`. Looks at both ends first, for most is. */
export function isWholeEvent(data: string): boolean {
  if (!beginsLikeJson(data) || !/[\]}]\s*$/.test(data.slice(-LONGEST_SPACE))) return false;
  const { type } = parsePayload(data);
  return type === "object" || type === "json" || type === "done-sentinel";
}

/** Behind a JSON value, more whitespace than this is not looked for. */
const LONGEST_SPACE = 16;

// Narrowing at the wire: each takes what may be anything and gives the type asked for, or null.

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): JsonObject | null {
  return isObject(value) ? value : null;
}

/** The objects of an array; what is no array has none. */
export function asObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function asString(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** An id: an empty one is none. */
export function asId(value: unknown): string | null {
  return asString(value) || null;
}

/** A position or a count: a whole number from 0. */
export function asIndex(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
