import type { TextKind } from "./text-kinds.ts";

/** The content so far of the current response. Rules compare later events of the stream with it. */
export interface Transcript {
  /** The text of a part as given by its deltas; null if there were none, or more than is kept. */
  textOf(item: number, kind: TextKind, part: number): string | null;
  /** Whether `textOf` returns a text: cheaper, because none is decoded. */
  hasText(item: number, kind: TextKind, part: number): boolean;
}
