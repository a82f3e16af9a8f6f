// What the thread of a check and its workers send each other: plain data, which is copied on its way.
import type { Demands } from "../../check/judge.ts";
import type { ReadOptions } from "../read-source.ts";
import type { SourceOutcome } from "../check-source.ts";

/** To a worker. */
export type Order =
  /** The first: how to check. */
  | { readonly type: "begin"; readonly settings: WorkerSettings }
  | { readonly type: "check"; readonly index: number; readonly name: string }
  /** The run was interrupted: reading ends. */
  | { readonly type: "interrupt" };

export interface WorkerSettings {
  readonly reading: ReadOptions;
  readonly failOn: Demands["failOn"];
  /** As typed: the keys of expectations are functions, which cannot be sent. */
  readonly expectations: readonly string[];
  /** What is sent back has the sizes of its responses. */
  readonly needsSizes: boolean;
  /** Somebody watches the progress. */
  readonly isWatched: boolean;
}

/** From a worker; it answers to checks in the order in which they came. */
export type Answer =
  /** It was loaded. */
  | { readonly type: "ready" }
  /** So many more bytes were read of the source in hand. */
  | { readonly type: "read"; readonly index: number; readonly bytes: number }
  | { readonly type: "checked"; readonly index: number; readonly outcome: SourceOutcome };

/** One end of what connects the two. */
export interface Port<Sent> {
  postMessage(message: Sent): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
}

/** Both are of one program, so the type of a message tells the rest of it. */
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
