// The contract for choosing the capture that answers a request. Implemented by turns.ts and session.ts.
import type { Source } from "../sources/source.ts";
import type { Asked } from "./asked.ts";
import type { Known } from "./known.ts";

export interface Program {
  /** It holds every recorded exchange, so the replay makes up no responses of its own. */
  readonly isComplete: boolean;
  /** Whether a capture is assigned to this path, whatever the request asks for. */
  isPlaced(path: string): boolean;
  /** Chooses the capture for a request. It counts as served unless it is handed back. */
  choose(asked: Asked): Promise<Chosen | Refusal>;
  /** The models in all captures, and the input tokens of the next capture. */
  known(): Promise<Pick<Known, "models" | "inputTokens">>;
}

export interface Chosen {
  readonly capture: Source;
  /** It is the recorded response to this request, so its bytes are sent even if the request wants no stream. */
  readonly isRecordedAnswer: boolean;
  /** Its length in bytes; null if it was not recorded in a session. */
  readonly contentLength: number | null;
  /** The capture's content; it is read once. */
  known(): Promise<Known>;
  /** Marks the capture as not served, or not served to its end. */
  handBack(): void;
}

export interface Refusal {
  /** Why no capture matches: the text to show. */
  readonly refusal: string;
  /** The HTTP status. */
  readonly status: number;
}

/** What follows the last capture. */
export const successions = ["last", "repeat", "404"] as const;
export type Succession = (typeof successions)[number];
