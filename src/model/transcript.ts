import type { TextKind } from "./text-kinds.ts";

/** What has been said so far in the response in hand. Rules hold the stream's own later words against it. */
export interface Transcript {
  /** The text of a part as its deltas gave it; null where none came, or where more came than is kept. */
  textOf(item: number, kind: TextKind, part: number): string | null;
}
