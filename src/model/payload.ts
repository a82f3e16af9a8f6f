// Classifies an event's data, before any dialect reads it.

export type JsonObject = { readonly [key: string]: unknown };

export type Payload =
  | { readonly type: "object"; readonly value: JsonObject }
  /** JSON, but not an object: an array, a string, a number … */
  | { readonly type: "json"; readonly value: unknown }
  /** The literal `[DONE]` that ends streams of OpenAI's Chat Completions and compatible APIs. */
  | { readonly type: "done-sentinel" }
  /** It begins like an object or array but does not parse: damaged, cut, or two run together. */
  | { readonly type: "broken-json"; readonly reason: string }
  | { readonly type: "text" };

/** The data of the event that ends a stream of Chat Completions and compatible APIs. */
export const DONE_SENTINEL = "[DONE]";

/** Parses an event's data. Does not throw. */
export function parsePayload(data: string): Payload {
  // Some servers add a space after it; clients accept that.
  if (data.startsWith(DONE_SENTINEL) && data.trimEnd() === DONE_SENTINEL) return { type: "done-sentinel" };
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? { type: "object", value } : { type: "json", value };
  } catch (error) {
    if (!/^\s*[{[]/.test(data)) return { type: "text" };
    // Newer versions of Node.js add line and column; the reason must not depend on the version.
    const reason = error instanceof Error ? error.message : String(error);
    return { type: "broken-json", reason: reason.replace(/ \(line \d+ column \d+\)$/, "") };
  }
}

/** Whether data at the end of the input can be complete: false if JSON begins and does not close. */
export function isWhole(data: string): boolean {
  return data !== "" && parsePayload(data).type !== "broken-json";
}

const OPENING = new Set(["{", "["]);

/** Whether data begins like a JSON object or array, or like `[DONE]`. */
export function beginsLikeJson(data: string): boolean {
  return OPENING.has(data.charAt(0));
}

const BEGINNING_OF_JSON = /^(?:[{["]|-?\d|(?:null|true|false)\b)/;

/** Whether data begins like any JSON value. */
export function mayBeJson(data: string): boolean {
  return BEGINNING_OF_JSON.test(data);
}

/** Whether data is complete: a JSON object or array, or `[DONE]`. Checks both ends first, because most data is. */
export function isWholeEvent(data: string): boolean {
  if (!beginsLikeJson(data) || !/[\]}]\s*$/.test(data.slice(-LONGEST_SPACE))) return false;
  const { type } = parsePayload(data);
  return type === "object" || type === "json" || type === "done-sentinel";
}

/** Limit on whitespace after a JSON value. */
const LONGEST_SPACE = 16;

// Narrowing at the wire: each function takes an unknown value and returns the type asked for, or null.

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): JsonObject | null {
  return isObject(value) ? value : null;
}

/** The objects in an array; empty if the value is not an array. */
export function asObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function asString(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** An id; null if it is empty. */
export function asId(value: unknown): string | null {
  return asString(value) || null;
}

/** A position or a count: a whole number from 0. */
export function asIndex(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
