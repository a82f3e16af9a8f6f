/** Text that grows by small pieces: appending is cheap, and what was appended is kept as UTF-8, not as a tree of pieces. */
export interface TextBuffer {
  append(text: string): void;
  replace(text: string): void;
  /** Characters (UTF-16 code units) that are kept. */
  readonly length: number;
  /** Some of it was dropped. */
  readonly isCut: boolean;
  /** Keeps it in less memory: for a text that may not grow any more. */
  compact(): void;
  /** Made anew with each call. */
  toString(): string;
}

/** Pieces, and characters of them, that are collected before they are joined. */
const PIECES_PER_BLOCK = 512;
const CHARACTERS_PER_BLOCK = 16 * 1024;

/** A surrogate without its other half, which UTF-8 cannot say. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/** Of more than `mostKept` characters the rest is dropped, and `isCut` says so. */
export function createTextBuffer(mostKept = Infinity): TextBuffer {
  let length = 0;
  /** Characters of the blocks. */
  let lengthOfBlocks = 0;
  /** As UTF-8, which takes half of what a string does that is not Latin-1; or as strings, where halves of characters are in them. */
  let blocks: (Buffer | string)[] = [];
  let pieces: string[] = [];
  let isCut = false;

  function compact(): void {
    if (pieces.length === 0) return;
    const block = pieces.join("");
    blocks.push(HALF_CHARACTER.test(block) ? block : Buffer.from(block));
    lengthOfBlocks = length;
    pieces = [];
  }

  function append(text: string): void {
    if (isCut) return;
    isCut = length + text.length > mostKept;
    const kept = isCut ? text.slice(0, mostKept - length) : text;
    length += kept.length;
    if (pieces.push(kept) >= PIECES_PER_BLOCK || length - lengthOfBlocks >= CHARACTERS_PER_BLOCK) compact();
  }

  return {
    get length() {
      return length;
    },
    get isCut() {
      return isCut;
    },
    append,
    replace(text) {
      blocks = [];
      pieces = [];
      length = 0;
      lengthOfBlocks = 0;
      isCut = false;
      append(text);
    },
    compact,
    toString: () => blocks.map((block) => block.toString()).join("") + pieces.join(""),
  };
}
