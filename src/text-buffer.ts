/** Text that grows by small pieces: appending is cheap, and what was appended is kept flat, not as a tree of pieces. */
export interface TextBuffer {
  append(text: string): void;
  replace(text: string): void;
  toString(): string;
}

/** Pieces that are collected before they are joined. */
const PIECES_PER_BLOCK = 512;

export function createTextBuffer(): TextBuffer {
  let blocks: string[] = [];
  let pieces: string[] = [];
  return {
    append(text) {
      if (pieces.push(text) < PIECES_PER_BLOCK) return;
      blocks.push(pieces.join(""));
      pieces = [];
    },
    replace(text) {
      blocks = [];
      pieces = [text];
    },
    toString() {
      blocks = [blocks.join("") + pieces.join("")];
      pieces = [];
      return blocks[0] ?? "";
    },
  };
}
