// JSON that a program prints over several lines behind its words, as LM Studio logs its packets: put together to one line.
import { createJsonDepth, type JsonDepth } from "../json-depth.ts";

export interface DocumentLines {
  /** A document has begun and not ended. */
  readonly isOpen: boolean;
  /** Begins one with a line that `opensDocument`. */
  open(line: string): void;
  /** Adds a line; gives the whole where it ends the document. One that grows too long is given up. */
  add(line: string): string | null;
}

/** Whether a line ends in the brace that opens a document, behind words. */
export function opensDocument(line: string): boolean {
  const text = line.trimEnd();
  return text.endsWith("{") && text.indexOf("{") === text.length - 1 && text.length > 1 && !text.includes('"');
}

/** A packet is no longer. */
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
