/** Text that grows by small pieces: appending is cheap, and what was appended is kept flat, not as a tree of pieces. */
export interface TextBuffer {
  append(text: string): void;
  replace(text: string): void;
  /** Some of it was dropped. */
  readonly isCut: boolean;
  toString(): string;
}

/** Pieces that are collected before they are joined. */
const PIECES_PER_BLOCK = 512;

/** Of more than `mostKept` characters the rest is dropped, and `isCut` says so. */
export function createTextBuffer(mostKept = Infinity): TextBuffer {
  let length = 0;
  let blocks: string[] = [];
  let pieces: string[] = [];
  let isCut = false;

  return {
    get isCut() {
      return isCut;
    },
    append(text) {
      if (isCut) return;
      isCut = length + text.length > mostKept;
      const kept = isCut ? text.slice(0, mostKept - length) : text;
      length += kept.length;
      if (pieces.push(kept) < PIECES_PER_BLOCK) return;
      blocks.push(pieces.join(""));
      pieces = [];
    },
    replace(text) {
      blocks = [];
      pieces = [text.slice(0, mostKept)];
      length = pieces[0]?.length ?? 0;
      isCut = text.length > mostKept;
    },
    toString() {
      blocks = [blocks.join("") + pieces.join("")];
      pieces = [];
      return blocks[0] ?? "";
    },
  };
}
