// Reads the JSON values in a file of reports: one per line, or one document, such as the list of `--reporter json`.
import { linesOf, type TextLine } from "./lines.ts";

/** A value and its line, or the problem of that line. */
export type ReportValue =
  | { readonly line: number; readonly value: unknown; readonly problem: null }
  | { readonly line: number; readonly problem: string };

/** The format of `--reporter json`: the frame on lines of its own, and a stream on each line between. */
const OPENING = /^\s*\{\s*"schema"\s*:\s*"ssescope\/check@\d+"\s*,\s*"streams"\s*:\s*\[\s*$/;
const CLOSING = /^\s*\]\s*,\s*"exitCode"\s*:\s*\d+\s*\}\s*$/;

/** Reads the values as they come. `mostBytes`: limit for a line, or for a document that is not written in lines. */
export async function* valuesOf(chunks: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<ReportValue> {
  let isFirst = true;
  let isList = false;
  /** The last value was not one: if the list has no end either, that is the same cut. */
  let isBroken = false;
  /** The lines of a document that must be read whole; null: each line is a value. */
  let document: string[] | null = null;
  let documentBytes = 0;
  for await (const line of linesOf(chunks, mostBytes)) {
    const { text } = line;
    if (document !== null) {
      documentBytes += text?.length ?? Infinity;
      if (documentBytes > mostBytes) return yield { line: 1, problem: "the document is over the size limit" };
      document.push(text ?? "");
      continue;
    }
    if (text?.trim() === "") continue;
    if (isFirst && text !== null && OPENING.test(text)) isList = true;
    else if (isList && text !== null && CLOSING.test(text)) isList = false;
    else {
      const value = valueOf(line, isList);
      isBroken = value.problem !== null;
      if (!isFirst || value.problem === null || text === null) yield value;
      // The first line is not a value: it may be the start of one.
      else document = [text];
    }
    isFirst = false;
  }
  if (document !== null) yield valueOf({ number: 1, text: document.join("\n") }, false);
  else if (isList && !isBroken) yield { line: 1, problem: "the document has no end" };
}

function valueOf({ number, text }: TextLine, isList: boolean): ReportValue {
  if (text === null) return { line: number, problem: "the line is over the size limit" };
  try {
    const value: unknown = JSON.parse(isList ? text.replace(/^\s*,/, "") : text);
    return { line: number, value, problem: null };
  } catch {
    return { line: number, problem: "not a JSON value; the file may be cut" };
  }
}
