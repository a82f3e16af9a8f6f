import { characterCount } from "../wording/characters.ts";
import type { StretchText } from "./stretch.ts";

/** Pieces, and characters of them, that are collected before they are joined. */
const PIECES_PER_BLOCK = 512;
const CHARACTERS_PER_BLOCK = 16 * 1024;

/** Bytes that are a block of their own. */
const FEWEST_BYTES_ALONE = 512;

/**
 * Text that grows by small pieces: appending is cheap, and what was appended is kept as UTF-8, not as a tree of pieces. A
 * class, for there may be as many as a stream has items, and closures would take more memory than most texts.
 */
export class TextBuffer {
  readonly #mostKept: number;
  #length = 0;
  /** Characters of the blocks. */
  #lengthOfBlocks = 0;
  /** Characters of each block as Unicode counts them; null where nobody has asked. */
  #counts: (number | null)[] = [];
  /** As UTF-8, which takes half of what a string does that is not Latin-1; as strings where UTF-8 cannot say them. */
  #blocks: (Buffer | string)[] = [];
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
    this.#blocks.push(utf8);
    this.#length += length;
    this.#lengthOfBlocks = this.#length;
    this.#counts.push(characters);
  }

  replace(text: string): void {
    this.#blocks = [];
    this.#pieces = [];
    this.#length = 0;
    this.#lengthOfBlocks = 0;
    this.#counts = [];
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
    return this.#blocks.reduce((sum, block, at) => sum + (this.#counts[at] ??= characterCount(block.toString())), 0);
  }

  /** Some of it was dropped. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Keeps it in less memory: for a text that may not grow any more. */
  compact(): void {
    if (this.#pieces.length === 0) return;
    const block = this.#pieces.join("");
    this.#blocks.push(block.isWellFormed() ? Buffer.from(block) : block);
    this.#lengthOfBlocks = this.#length;
    this.#counts.push(null);
    this.#pieces = [];
  }

  /** Made anew with each call. */
  toString(): string {
    return this.#blocks.map((block) => block.toString()).join("") + this.#pieces.join("");
  }
}
