import { characterCount } from "../wording/characters.ts";
import type { StretchText } from "./stretch.ts";
import { decodeUtf8 } from "./decode-utf-8.ts";

/** Limits on pieces, and on their characters, before they are joined. */
const PIECES_PER_BLOCK = 512;
const CHARACTERS_PER_BLOCK = 16 * 1024;

/** Texts of at least this many bytes become blocks of their own. */
const FEWEST_BYTES_ALONE = 512;

interface Block {
  /** UTF-8, which takes half the memory of a string outside Latin-1; a string if UTF-8 cannot express it. */
  readonly text: Buffer | string;
  /** As Unicode counts them; null if not requested yet. */
  readonly characters: number | null;
}

/** The last text decoded, as several rules ask for the same one in turn. */
let decoded: { readonly blocks: readonly Block[]; readonly count: number; readonly text: string } | null = null;
const MOST_REMEMBERED = 64 * 1024;

/**
 * Text that grows by small pieces: appending is cheap, and the text is kept as UTF-8, not as a tree of pieces. A class,
 * because a stream may have one for each item, and closures would take more memory than most texts.
 */
export class TextBuffer {
  readonly #mostKept: number;
  #length = 0;
  /** Characters in the blocks. */
  #lengthOfBlocks = 0;
  #blocks: Block[] = [];
  #pieces: string[] = [];
  #isCut = false;

  /** Beyond `mostKept` characters, text is dropped and `isCut` is true. */
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
    if (utf8 === null || this.#length + length > this.#mostKept) return this.append(text.toString());
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

  /** Kept characters (UTF-16 code units). */
  get length(): number {
    return this.#length;
  }

  /** Kept characters, as Unicode counts them. */
  get characters(): number {
    this.compact();
    return this.#blocks.reduce((sum, block) => sum + charactersOf(block), 0);
  }

  /** Whether text was dropped. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Minimizes memory, for a text that is complete. */
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

  /** Reduces memory, for a text that may be complete. */
  compact(): void {
    if (this.#pieces.length === 0) return;
    const block = this.#pieces.join("");
    this.#blocks.push({ text: block.isWellFormed() ? Buffer.from(block) : block, characters: null });
    this.#lengthOfBlocks = this.#length;
    this.#pieces = [];
  }

  /** Decodes the blocks, unless this was the last text decoded; pieces stay joined. */
  toString(): string {
    if (this.#pieces.length > 1) this.#pieces = [this.#pieces.join("")];
    const [joined = ""] = this.#pieces;
    return this.#blocks.length === 0 ? joined : this.#textOfBlocks() + joined;
  }

  #textOfBlocks(): string {
    if (decoded?.blocks === this.#blocks && decoded.count === this.#blocks.length) return decoded.text;
    const text = this.#blocks.map(textOf).join("");
    decoded = text.length > MOST_REMEMBERED ? null : { blocks: this.#blocks, count: this.#blocks.length, text };
    return text;
  }
}

function charactersOf(block: Block): number {
  return block.characters ?? characterCount(textOf(block));
}

function textOf({ text }: Block): string {
  return typeof text === "string" ? text : decodeUtf8(text);
}
