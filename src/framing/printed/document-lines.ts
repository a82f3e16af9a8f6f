// Joins JSON that a program prints over several lines after its own words, as LM Studio logs its packets, to one line.
import { createJsonDepth, type JsonDepth } from "../json-depth.ts";

export interface DocumentLines {
  /** A document has begun and has not ended. */
  readonly isOpen: boolean;
  /** Begins a document with a line for which `opensDocument` is true. */
  open(line: string): void;
  /** Adds a line; returns the whole document when it ends. A document that grows too long is dropped. */
  add(line: string): string | null;
}

/** Whether a line ends in the brace that opens a document, after other words. */
export function opensDocument(line: string): boolean {
  const text = line.trimEnd();
  return text.endsWith("{") && text.indexOf("{") === text.length - 1 && text.length > 1 && !text.includes('"');
}

/** No packet is longer. */
const MOST_CHARACTERS = 256 * 1024;

export function createDocumentLines(): DocumentLines {
  let text = "";
  let depth: JsonDepth | null = null;

  function follow(line: string): boolean {
    for (let at = 0; at < line.length; at += 1) if (depth?.ends(line.charCodeAt(at)) === true) return true;
    return false;
  }

  return {
    get isOpen() {
      return depth !== null;
    },
    open(line) {
      const words = line.trimEnd();
      depth = createJsonDepth();
      text = words;
      follow(words.slice(words.indexOf("{")));
    },
    add(line) {
      text += line.trim();
      const isWhole = follow(line);
      if (!isWhole && text.length <= MOST_CHARACTERS) return null;
      depth = null;
      return isWhole ? text : null;
    },
  };
}
