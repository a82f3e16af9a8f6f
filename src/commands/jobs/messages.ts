// The messages between the main thread of a check and its workers: plain data, because it is copied.
import type { Demands } from "../../check/judge.ts";
import type { ReadOptions } from "../read-source.ts";
import type { SourceOutcome } from "../check-source.ts";

/** To a worker. */
export type Order =
  /** The first message: how to check. */
  | { readonly type: "begin"; readonly settings: WorkerSettings }
  | { readonly type: "check"; readonly index: number; readonly name: string }
  /** The run was interrupted: reading ends. */
  | { readonly type: "interrupt" };

export interface WorkerSettings {
  readonly reading: ReadOptions;
  readonly failOn: Demands["failOn"];
  /** As typed: parsed expectations contain functions, which cannot be sent. */
  readonly expectations: readonly string[];
  /** The results must have the sizes of responses. */
  readonly needsSizes: boolean;
  /** Progress is shown. */
  readonly isWatched: boolean;
}

/** From a worker, which answers checks in the order in which it got them. */
export type Answer =
  /** The worker is loaded. */
  | { readonly type: "ready" }
  /** Further bytes read of its current source. */
  | { readonly type: "read"; readonly index: number; readonly bytes: number }
  | { readonly type: "checked"; readonly index: number; readonly outcome: SourceOutcome };

/** One end of the connection between the two. */
export interface Port<Sent> {
  postMessage(message: Sent): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
}

/** Both ends belong to one program, so checking the type of a message is enough. */
export function isOrder(message: unknown): message is Order {
  return typeOf(message) !== null;
}

export function isAnswer(message: unknown): message is Answer {
  return typeOf(message) !== null;
}

function typeOf(message: unknown): string | null {
  const isTyped = typeof message === "object" && message !== null && "type" in message;
  return isTyped && typeof message.type === "string" ? message.type : null;
}
