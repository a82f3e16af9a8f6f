// What a replay answers with: the contract of those who choose it, be it captures in turn or a session.
import type { Source } from "../sources/source.ts";
import type { Asked } from "./asked.ts";
import type { Known } from "./known.ts";

export interface Program {
  /** It has an answer to every request that programs made: none is answered by the replay itself. */
  readonly isComplete: boolean;
  /** Whether a capture is meant for that very path, whatever is asked there. */
  isPlaced(path: string): boolean;
  /** Chooses what answers a request; a capture that it gives counts as served, unless it is handed back. */
  choose(asked: Asked): Promise<Chosen | Refusal>;
  /** The models of all captures, and the input tokens of the next one. */
  known(): Promise<Pick<Known, "models" | "inputTokens">>;
}

export interface Chosen {
  readonly capture: Source;
  /** It is what answered this very request: its bytes are sent, whatever was asked for. */
  readonly isRecordedAnswer: boolean;
  /** Its length in bytes; null if it was not recorded in a session. */
  readonly contentLength: number | null;
  /** What is in the capture; it is read once. */
  known(): Promise<Known>;
  /** It was not served, or not to its end. */
  handBack(): void;
}

export interface Refusal {
  /** Why no capture answers, for people. */
  readonly refusal: string;
  /** The status that says so. */
  readonly status: number;
}

/** What comes after the last capture. */
export const successions = ["last", "repeat", "404"] as const;
export type Succession = (typeof successions)[number];
