// The words of a stream's content: none of them may be in a redacted copy.
import type { Report } from "../../../../src/model/report.ts";

/** A key in JSON text. */
const KEY = /(?<=[{,]\s*)"[\w$-]*"(?=\s*:)/g;
const WORD = /\p{L}{5,}/gu;

/** The words of five letters or more, in lower case. */
function wordsIn(texts: readonly (string | undefined)[]): string[] {
  const words = texts.join("\n").match(WORD) ?? [];
  return [...new Set(words.map((word) => word.toLowerCase()))];
}

/** The words of all texts, reasoning, arguments and outputs in a report, except keys of arguments, which stay. */
export function wordsSaid({ responses }: Report): string[] {
  const texts = responses.flatMap(({ text, reasoning, refusal, items }) => [
    text,
    reasoning,
    refusal,
    ...items.flatMap((item) => [item.text, item.reasoning, item.refusal, item.output, item.code]),
    ...items.flatMap((item) => valuesOf(item.arguments ?? "")),
  ]);
  const input = responses.flatMap(({ items }) => items.map((item) => item.arguments ?? "")).join("\n");
  const keys = new Set(wordsIn(input.match(KEY) ?? []));
  return wordsIn(texts).filter((word) => !keys.has(word));
}

/**
 * Keys whose words a copy may contain: types, states, names of models and tools. Independent of the redactor's list.
 */
const PROTOCOL =
  /^(?:(?:event_|error_)?type|event|object|role|status|phase|kind|model|modelVersion|agent|name|tool_?[nN]ame|toolType|(?:native_)?finish_?[rR]eason|(?:stop|done|block)_?[rR]eason|reason|category|(?:error_)?code|language|service_?[tT]ier|(?:media|mime)_?[tT]ype|created_at|outcome|method|jsonrpc|level|protocolVersion)$/;

/** Wrapped events, in Base64. */
const WRAPPED = /"bytes": ?"([A-Za-z0-9+/=]+)"/g;

/** The words of a copy, except keys and the protocol's words. */
export function wordsLeft(copy: Buffer): string[] {
  const text = copy.toString("utf8");
  const inner = Array.from(text.matchAll(WRAPPED), ([, base64 = ""]) => Buffer.from(base64, "base64").toString("utf8"));
  const lines = [text, ...inner].flatMap((part) => part.split(/\r\n|\r|\n/));
  return wordsIn(lines.flatMap((line) => (line.startsWith("event:") ? [] : wordsOfData(line.replace(/^data: ?/, "")))));
}

function wordsOfData(data: string): string[] {
  try {
    return stringsUnder("", JSON.parse(data));
  } catch {
    return [data.replaceAll(/"(?:[\w$.-]+)":(?:"[\w.:/-]*"(?=,|\}))?/g, "")];
  }
}

function stringsUnder(key: string, value: unknown): string[] {
  if (typeof value === "string") return PROTOCOL.test(key) ? [] : valuesOf(value);
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((element) => stringsUnder(key, element));
  return Object.entries(value).flatMap(([key, value]) => stringsUnder(key, value));
}

/** A text without JSON keys. */
function valuesOf(text: string): string[] {
  return [text.replaceAll(KEY, "")];
}
