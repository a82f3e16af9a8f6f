// What a request says about the stream that it asks for.
import type { DialectTraits, OtherRequest } from "../model/dialect-traits.ts";
import type { HttpExchange } from "../model/http-head.ts";
import type { JsonObject } from "../model/payload.ts";
import type { RequestReport } from "../model/report.ts";
import { allDialects } from "./all-dialects.ts";

/** The protocols of the APIs at a path; some paths belong to several. Empty if it belongs to none. */
export function dialectsAt(path: string): readonly DialectTraits[] {
  return allDialects().filter(({ requests }) => requests?.path.test(path) === true);
}

/** The path of a request, without its query; empty if its address is invalid. */
export function pathOf({ url }: HttpExchange["request"]): string {
  return URL.canParse(url) ? new URL(url).pathname : "";
}

/** What was requested, from the body if it says so, else from the path. */
export function describeRequest({
  exchange,
  method,
  url,
  headers,
  model,
  stream,
}: HttpExchange["request"]): RequestReport {
  const { pathname, search, searchParams } = new URL(url);
  const ofPath = dialectsAt(pathname)
    .map(({ requests }) => requests)
    .find((requests) => requests !== null);
  return {
    ...(exchange !== undefined && { exchange }),
    method,
    path: pathname + search,
    headers,
    // The Realtime API has the model in the query: https://platform.openai.com/docs/guides/realtime-websocket
    model: model ?? ofPath?.path.exec(pathname)?.groups?.["model"] ?? searchParams.get("model"),
    stream: ofPath?.streamingPath?.test(pathname) === true ? true : (stream ?? ofPath?.streamsByDefault ?? null),
  };
}

/** The parts of a request that show what it asks for. */
export interface Asking {
  readonly address: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Null if it is not JSON. */
  readonly body: JsonObject | null;
}

/** Whether a request asks for a stream; null if neither it nor its API says. */
export function asksForStream({ address, headers, body }: Asking): boolean | null {
  const { pathname, searchParams } = address;
  const ofPath = dialectsAt(pathname).flatMap(({ requests }) => (requests === null ? [] : [requests]));
  const inQuery = searchParams.get("stream");
  if (ofPath.some(({ streamingPath }) => streamingPath?.test(pathname) === true) || inQuery === "true") return true;
  const { stream } = body ?? {};
  if (typeof stream === "boolean") return stream;
  const hasHeader = ofPath.some(({ streamingHeader: name }) => name !== undefined && headers[name] !== undefined);
  if (hasHeader || accepts(headers.accept, STREAM_TYPES)) return true;
  for (const { asksForStream: ask } of ofPath) {
    const asked = body === null ? null : (ask?.(body) ?? null);
    if (asked !== null) return asked;
  }
  const [first] = ofPath;
  if (first === undefined || first.streamsByDefault) return null;
  // A client that sends no JSON shows by its Accept header that it expects JSON.
  const waitsForJson = accepts(headers.accept, /json/) && !accepts(headers.accept, ANY_TYPE);
  return body !== null || waitsForJson ? false : null;
}

const STREAM_TYPES = /text\/event-stream|vnd\.amazon\.eventstream|ndjson/;
const ANY_TYPE = /\*\/\*|text\/\*/;

function accepts(header: string | string[] | undefined, types: RegExp): boolean {
  return types.test([header ?? ""].flat().join(", "));
}

/** Files that browsers request on their own. */
const BY_BROWSERS =
  /^\/(?:favicon\.ico|robots\.txt|apple-touch-icon[\w-]*\.png|\.well-known\/.*|sw\.js|manifest\.json)$/;

/** A request of an API or a browser that no model answers; null if a model may answer it. */
export function otherRequest({ address, headers, body }: Asking): OtherRequest | null {
  const { pathname } = address;
  if (dialectsAt(pathname).length > 0) return null;
  const others = allDialects().flatMap(({ requests }) => requests?.others ?? []);
  const found = others.filter(({ path }) => path.test(pathname));
  const own = found.find(({ header }) => header !== undefined && headers[header] !== undefined);
  const known = own ?? found.find(({ header }) => header === undefined);
  if (known !== undefined) return known;
  if (BY_BROWSERS.test(pathname)) return { path: BY_BROWSERS };
  const { accept } = headers;
  const takesStream = accept === undefined || accepts(accept, STREAM_TYPES) || accepts(accept, ANY_TYPE);
  return takesStream || body?.stream === true ? null : { path: /^/ };
}
