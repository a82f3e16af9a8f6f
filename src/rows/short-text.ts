import { cut } from "../wording/cut.ts";

/** Long enough for every name that is meant to be one; a table of a million rows has room for no more. */
const LONGEST = 1000;

/** Text of a stream, or of whoever sent it, cut; null if there is none. */
export function shortText(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : cut(text, LONGEST);
}
