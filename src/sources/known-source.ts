// A live source whose request is known before it is made.
import type { HttpExchange } from "../model/http-head.ts";
import type { Source } from "./source.ts";

/** It can be opened many times, also at the same time. */
export interface KnownSource {
  readonly source: Source;
  /** Without secrets. */
  readonly asked: HttpExchange["request"];
  /** The body of a request; the messages to a WebSocket, one per line. */
  readonly body: Uint8Array | null;
  /** No output may show them. */
  readonly secrets: readonly string[];
}
