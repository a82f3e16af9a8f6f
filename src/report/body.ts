// What came instead of a stream: an HTML page, a JSON document, text, or nothing.
import { isError, readError } from "../dialects/in-band-error.ts";
import type { StreamError } from "../facts.ts";
import { asString, parsePayload } from "../payload.ts";

/** Bytes at the beginning of the body that are looked at; enough for every error that a server words. */
const HEAD_BYTES = 64 * 1024;

export interface BodyHead {
  push(bytes: Uint8Array): void;
  /** Nothing came. */
  readonly isEmpty: boolean;
  /** What the body is, as an error to show; null where it looks like the beginning of an event stream. */
  describe(): StreamError | null;
}

/** Keeps the beginning of a body, for the case that it turns out to be no stream. */
export function createBodyHead(): BodyHead {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let complete = true;
  return {
    push(bytes) {
      if (keptBytes === HEAD_BYTES) {
        complete &&= bytes.length === 0;
        return;
      }
      const piece = Buffer.from(bytes.subarray(0, HEAD_BYTES - keptBytes));
      complete = piece.length === bytes.length;
      kept.push(piece);
      keptBytes += piece.length;
    },
    get isEmpty() {
      return keptBytes === 0;
    },
    describe: () => describe(new TextDecoder().decode(Buffer.concat(kept)).trim(), complete),
  };
}

function describe(text: string, complete: boolean): StreamError | null {
  if (text === "") return asMessage("the input is empty");
  if (text.startsWith("<")) return asMessage(describeMarkup(text));
  if (text.startsWith("{") || text.startsWith("[")) return describeJson(text, complete);
  if (looksLikeEventStream(text)) return null;
  return asMessage(`text, not an event stream: ${firstLine(text)}`);
}

function describeMarkup(text: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.trim();
  const kind = /^<(!doctype html|html|head|body)/i.test(text) ? "an HTML page" : "an XML or HTML document";
  return title ? `${kind}: ${title}` : kind;
}

function describeJson(text: string, complete: boolean): StreamError {
  const payload = parsePayload(text);
  if (payload.type === "object") {
    if (isError(payload.value, "")) return readError(payload.value);
    const { detail, message, object } = payload.value;
    // FastAPI and its kin put what is wrong into `detail`, others into `message`.
    const said = asString(detail) ?? asString(message);
    if (said !== null) return asMessage(said);
    return asMessage(`a JSON document${typeof object === "string" ? ` (${object})` : ""}, not a stream`);
  }
  if (payload.type === "json") return asMessage("a JSON document, not a stream");
  return asMessage(complete ? "text that begins like JSON, and is neither JSON nor a stream" : "a large JSON document");
}

/** A line with one of the standard's fields or a comment; or all there is is the beginning of a field's name. */
function looksLikeEventStream(text: string): boolean {
  if (/^(?:(?:data|event|id|retry)(?::|$)|:)/m.test(text)) return true;
  return ["data", "event", "id", "retry"].some((name) => name.startsWith(text));
}

const LONGEST_EXCERPT = 200;

function firstLine(text: string): string {
  return text.split(/\r?\n|\r/, 1)[0]?.slice(0, LONGEST_EXCERPT) ?? "";
}

function asMessage(message: string): StreamError {
  return { type: null, code: null, message };
}
