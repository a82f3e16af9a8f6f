// Rewrites the data of an event, or a whole document, in place.
import { isPublicModel } from "../model-names.ts";
import { DONE_SENTINEL, parsePayload, type Payload } from "../../model/payload.ts";
import { type JsonVisitor, walkJson } from "./json-walk.ts";
import { isIdKey, type KeyPlace, type KnownKeys } from "./known-keys.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { redactIdentifier, redactNumber, redactText } from "./replacements.ts";
import { isSpelling, isSpellingKey } from "./spelling.ts";
import { redactDigit, redactOpaqueUnit, redactUnit, type UnitMap } from "./text.ts";
import type { FactTexts } from "./fact-texts.ts";
import { rewriteUnits } from "./units.ts";
import { isWrappingPlace, redactBase64 } from "./wrapped.ts";
import { isName, isPlainPath, isToolName, isWord } from "./word-shapes.ts";

const LONGEST_BEGINNING = 64;
const LONGEST_BORDER = 128;
/** Limit on the part of a `data:` URL before its data. */
const LONGEST_ADDRESS = 1024;
/** Text between the JSON of two events whose separator was lost. */
const BORDER = /^\s*(?:event:(?<name>[^\n]*)\n)?(?:data:\s*)?(?=[{[])/;
/** The start of data that is not JSON but a URL (MCP) or a file (Replicate). */
const SCHEME = /^(?:https?:|data:(?:image|audio)\/[\w.+-]{1,40};base64,)/;
/** Words that decide how non-JSON data is read: as an error in plain text, or as an event within an event. */
const DECIDING = /^(?:\s*(?:error:|\[error\]:?|Traceback \(most recent call last\):|(?:data|event|id|retry):))+ ?/i;
/** The start of a `data:` URL: its type and parameters, such as a file name (RFC 2397). */
const DATA_URL = /^data:(?<type>[\w+.-]{0,40}\/?[\w+.-]{0,60})(?<parameters>(?:;[^,]*?)??)(?<coding>(?:;base64)?),/;
/** Keys that hold a model name. */
const MODEL = /^(?:[a-z]+_?)?model(?:_?(?:id|name|version))?$/i;
const ADDRESSES: ReadonlySet<string | null> = new Set(["url", "uri", "image_url", "data"]);

/** Whether an object or array has the protocol's own keys. */
interface Known {
  readonly isKnown: boolean;
}

/** How the data of an event is rewritten. */
interface Means {
  /** The event's texts, by its dialect's facts. */
  readonly texts: FactTexts;
  /** The keys of its dialect. */
  readonly keys: KnownKeys;
  readonly pseudonyms: Pseudonyms;
  /** A wrapped value in it is text, not an event. */
  readonly wrapsText: boolean;
}

/** Rewrites the data of an event, or a document. */
export function redactPayload(bytes: Buffer, means: Means): void {
  const beginning = bytes.toString("utf8", 0, LONGEST_BEGINNING);
  // Data that starts like JSON is not text: no need to parse it.
  const type = /^\s*[{[]/.test(beginning) && !beginning.startsWith(DONE_SENTINEL) ? "json" : typeOf(bytes);
  if (type === "done-sentinel") return;
  const scheme = SCHEME.exec(beginning)?.[0].length ?? 0;
  const deciding = scheme === 0 ? (DECIDING.exec(beginning)?.[0].length ?? 0) : 0;
  if (deciding > 0) redactUndecided(bytes.subarray(deciding), means);
  else if (type === "text") redactText(bytes, scheme);
  else redactValues(bytes, createVisitor(bytes, means));
}

/** Rewrites the JSON or text after deciding words. */
function redactUndecided(bytes: Buffer, means: Means): void {
  const isJson = /^\s*[{[]/.test(bytes.toString("utf8", 0, LONGEST_BEGINNING));
  const isDone = bytes.toString("latin1", 0, DONE_SENTINEL.length) === DONE_SENTINEL;
  if (isJson || isDone) redactValues(bytes, createVisitor(bytes, means));
  else redactText(bytes);
}

function typeOf(bytes: Buffer): Payload["type"] {
  return parsePayload(bytes.toString("utf8")).type;
}

/** Rewrites one JSON value, or several in one event. Everything after the last is text. */
function redactValues(bytes: Buffer, visitor: JsonVisitor<Known>): void {
  let at = 0;
  for (;;) {
    const isDone = bytes.toString("latin1", at, at + DONE_SENTINEL.length) === DONE_SENTINEL;
    at = isDone ? at + DONE_SENTINEL.length : walkJson(bytes, at, bytes.length, visitor);
    const border = BORDER.exec(bytes.toString("latin1", at, at + LONGEST_BORDER));
    if (border === null) return redactText(bytes, at);
    const name = border.groups?.name;
    if (name !== undefined && !isWord(name.trim())) return redactText(bytes, at);
    at += border[0].length;
  }
}

function createVisitor(bytes: Buffer, means: Means): JsonVisitor<Known> {
  const { texts, keys, pseudonyms, wrapsText } = means;

  function redactId(start: number, end: number): void {
    redactIdentifier(bytes, start, end, pseudonyms, true);
  }

  /** The replacement for arguments or a piece of them, base64, or text; `isNamedSo`: its key says it is arguments. */
  function mapOf(text: string, isNamedSo: boolean): UnitMap {
    const map = texts.argumentsMap(text);
    if (map !== null) return map;
    if (isNamedSo && !texts.isOther(text)) return texts.newArgumentsMap();
    return texts.isMedia(text) ? redactOpaqueUnit : redactUnit;
  }

  function redactKnown(start: number, end: number, place: KeyPlace): void {
    const kind = keys.kindOfString(place, texts.hasError);
    switch (kind) {
      case "word":
        if (!isWordAt(place, textOf(bytes, start, end))) redactId(start, end);
        return;
      case "name":
        if (!isToolName(textOf(bytes, start, end))) redactId(start, end);
        return;
      case "path":
        if (!isPlainPath(textOf(bytes, start, end))) redactId(start, end);
        return;
      case "id":
        return redactId(start, end);
      case "arguments":
      case "delta":
        return rewriteUnits(bytes, start, end, mapOf(textOf(bytes, start, end), kind === "arguments"), true);
      case "opaque":
        return rewriteUnits(bytes, start, end, redactOpaqueUnit, true);
      case "text":
        rewriteUnits(bytes, start, end, redactUnit, true);
    }
  }

  /** Redacts a wrapped event as if it came alone. */
  function redactWrapped(inner: Buffer): void {
    if (wrapsText) redactText(inner);
    else redactPayload(inner, means);
  }

  return {
    open: (place, around) => ({ isKnown: (around === null || around.own.isKnown) && keys.isStructure(place) }),
    key(start, end, around) {
      const key = textOf(bytes, start, end);
      if (isSpellingKey(key, around.place)) rewriteUnits(bytes, start, end, redactUnit, true);
      else if (!isName(key)) redactId(start, end);
      return key;
    },
    string(start, end, place, around) {
      if (isWrappingPlace(place) && redactBase64(bytes, start, end, redactWrapped)) return;
      const address = ADDRESSES.has(place.key) ? addressIn(bytes, start, end) : null;
      if (address !== null) {
        rewriteUnits(bytes, start + address.type, start + address.parameters, redactUnit, true);
        rewriteUnits(bytes, start + address.data, end, redactOpaqueUnit, true);
      } else if (around?.own.isKnown === false) rewriteUnits(bytes, start, end, redactUnit, true);
      else redactKnown(start, end, place);
    },
    number(start, end, place, around) {
      if (!isSpelling(place, around?.place === place)) {
        if (isIdKey(place.key)) redactNumber(bytes, start, end, pseudonyms);
        return;
      }
      // An invalid leading zero has to stay.
      const wrong = /^-?0(?=\d)/.exec(bytes.toString("latin1", start, end))?.[0].length ?? 0;
      rewriteUnits(bytes, start + wrong, end, redactDigit, false);
    },
  };
}

/** Whether a text is a word of a protocol. A model name must also be public. */
function isWordAt({ key }: KeyPlace, text: string): boolean {
  return isWord(text) && (key === null || !MODEL.test(key) || isPublicModel(text));
}

/** Offsets in a `data:` URL: the end of its type, the end of its parameters, the start of its data; null: not one. */
function addressIn(
  bytes: Buffer,
  start: number,
  end: number,
): { readonly type: number; readonly parameters: number; readonly data: number } | null {
  const found = DATA_URL.exec(bytes.toString("latin1", start, Math.min(end, start + LONGEST_ADDRESS)));
  if (found === null) return null;
  const { type = "", parameters = "" } = found.groups ?? {};
  const typeEnd = "data:".length + type.length;
  return { type: typeEnd, parameters: typeEnd + parameters.length, data: found[0].length };
}

/** The value of a JSON string; its raw text if its escapes are wrong. */
function textOf(bytes: Buffer, start: number, end: number): string {
  const written = bytes.toString("utf8", start, end);
  if (!written.includes("\\")) return written;
  try {
    const read: unknown = JSON.parse(`"${written}"`);
    return typeof read === "string" ? read : written;
  } catch {
    return written;
  }
}
