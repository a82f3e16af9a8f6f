import { cut } from "../wording/cut.ts";

/** Long enough for real names; in a table of a million rows, longer ones would take too much room. */
const LONGEST = 1000;

/** Cuts text from a stream or its sender; null if there is none. */
export function shortText(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : cut(text, LONGEST);
}
