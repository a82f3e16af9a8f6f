import { characterCount } from "../wording/characters.ts";
import type { StretchText } from "./stretch.ts";

/** Pieces, and characters of them, that are collected before they are joined. */
const PIECES_PER_BLOCK = 512;
const CHARACTERS_PER_BLOCK = 16 * 1024;

/** Bytes that are a block of their own. */
const FEWEST_BYTES_ALONE = 512;

interface Block {
  /** As UTF-8, which takes half of what a string does that is not Latin-1; as a string where UTF-8 cannot say it. */
  readonly text: Buffer | string;
  /** As Unicode counts them; null where nobody has asked. */
  readonly characters: number | null;
}

/**
 * Text that grows by small pieces: appending is cheap, and what was appended is kept as UTF-8, not as a tree of pieces. A
 * class, for there may be as many as a stream has items, and closures would take more memory than most texts.
 */
export class TextBuffer {
  readonly #mostKept: number;
  #length = 0;
  /** Characters of the blocks. */
  #lengthOfBlocks = 0;
  #blocks: Block[] = [];
  #pieces: string[] = [];
  #isCut = false;

  /** Of more than `mostKept` characters the rest is dropped, and `isCut` says so. */
  constructor(mostKept = Infinity) {
    this.#mostKept = mostKept;
  }

  append(text: string): void {
    if (this.#isCut) return;
    this.#isCut = this.#length + text.length > this.#mostKept;
    const kept = this.#isCut ? text.slice(0, this.#mostKept - this.#length) : text;
    this.#length += kept.length;
    const waits = this.#length - this.#lengthOfBlocks;
    if (this.#pieces.push(kept) >= PIECES_PER_BLOCK || waits >= CHARACTERS_PER_BLOCK) this.compact();
  }

  appendStretch(text: StretchText): void {
    const { utf8, length, characters } = text;
    if (utf8.length < FEWEST_BYTES_ALONE || this.#length + length > this.#mostKept) return this.append(text.toString());
    if (this.#isCut) return;
    this.compact();
    this.#blocks.push({ text: utf8, characters });
    this.#length += length;
    this.#lengthOfBlocks = this.#length;
  }

  replace(text: string): void {
    this.#blocks = [];
    this.#pieces = [];
    this.#length = 0;
    this.#lengthOfBlocks = 0;
    this.#isCut = false;
    this.append(text);
  }

  /** Characters (UTF-16 code units) that are kept. */
  get length(): number {
    return this.#length;
  }

  /** Characters that are kept, as Unicode counts them. */
  get characters(): number {
    this.compact();
    return this.#blocks.reduce((sum, block) => sum + charactersOf(block), 0);
  }

  /** Some of it was dropped. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Keeps it in as little memory as can be: for a text that does not grow any more. */
  finish(): void {
    this.compact();
    const texts = this.#blocks.map(({ text }) => text);
    if (texts.length > 1 && texts.every((text) => typeof text !== "string")) {
      const isKnown = this.#blocks.every(
        ({ text, characters }) => characters !== null || text.length < FEWEST_BYTES_ALONE,
      );
      this.#blocks = [{ text: Buffer.concat(texts), characters: isKnown ? this.characters : null }];
    }
  }

  /** Keeps it in less memory: for a text that may not grow any more. */
  compact(): void {
    if (this.#pieces.length === 0) return;
    const block = this.#pieces.join("");
    this.#blocks.push({ text: block.isWellFormed() ? Buffer.from(block) : block, characters: null });
    this.#lengthOfBlocks = this.#length;
    this.#pieces = [];
  }

  /** Blocks are read anew with each call; pieces are joined for good. */
  toString(): string {
    if (this.#pieces.length > 1) this.#pieces = [this.#pieces.join("")];
    const [joined = ""] = this.#pieces;
    return this.#blocks.length === 0 ? joined : this.#blocks.map(({ text }) => text.toString()).join("") + joined;
  }
}

function charactersOf({ text, characters }: Block): number {
  return characters ?? characterCount(text.toString());
}
