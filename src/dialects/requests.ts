// What a request says of the stream that answers it.
import type { DialectTraits } from "../model/dialect-traits.ts";
import type { HttpExchange } from "../model/http-head.ts";
import type { RequestReport } from "../model/report.ts";
import { dialects } from "./index.ts";

/** The protocols whose API answers at a path; several share some. Empty if it is nobody's. */
export function dialectsAt(path: string): readonly DialectTraits[] {
  return dialects.filter(({ requests }: DialectTraits) => requests?.path.test(path) === true);
}

/** The path of a request, without its query; empty if its address is none. */
export function pathOf({ url }: HttpExchange["request"]): string {
  return URL.canParse(url) ? new URL(url).pathname : "";
}

/** What was asked, by the body where it says so, else by the path. */
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
    // The Realtime API has it in the query: https://platform.openai.com/docs/guides/realtime-websocket
    model: model ?? ofPath?.path.exec(pathname)?.groups?.["model"] ?? searchParams.get("model"),
    stream: ofPath?.streamingPath?.test(pathname) === true ? true : (stream ?? ofPath?.streamsByDefault ?? null),
  };
}
