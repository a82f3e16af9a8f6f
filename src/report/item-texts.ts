// The texts of an item, by kind and part.
import { TextBuffer } from "../model/text-buffer.ts";
import type { TextKind } from "../model/text-kinds.ts";

/** Limit on kept text: a gigabyte exceeds the longest string. Views still show all of it as it arrives. */
const MOST_KEPT_CHARACTERS = 64 * 1024 ** 2;

interface ItemText {
  readonly kind: TextKind;
  readonly part: number;
  readonly text: TextBuffer;
}

/** Most items have one text and need no maps: a report may hold tens of thousands of items. */
export class ItemTexts {
  #only: ItemText | null = null;
  /** All texts, if there is more than one. */
  #all: Map<TextKind, Map<number, TextBuffer>> | null = null;

  get(kind: TextKind, part: number): TextBuffer | null {
    if (this.#all !== null) return this.#all.get(kind)?.get(part) ?? null;
    return this.#only?.kind === kind && this.#only.part === part ? this.#only.text : null;
  }

  /** The text of a kind and part; begins one if there is none. */
  at(kind: TextKind, part: number): TextBuffer {
    const known = this.get(kind, part);
    if (known !== null) return known;
    const text = new TextBuffer(MOST_KEPT_CHARACTERS);
    this.set(kind, part, text);
    return text;
  }

  set(kind: TextKind, part: number, text: TextBuffer): void {
    const only = this.#only;
    if (this.#all === null && (only === null || (only.kind === kind && only.part === part))) {
      this.#only = { kind, part, text };
      return;
    }
    this.#all ??= new Map(only === null ? [] : [[only.kind, new Map([[only.part, only.text]])]]);
    this.#only = null;
    const parts = this.#all.get(kind) ?? new Map<number, TextBuffer>();
    this.#all.set(kind, parts.set(part, text));
  }

  has(kind: TextKind): boolean {
    return this.#all?.has(kind) ?? this.#only?.kind === kind;
  }

  /** The parts of one kind, in order. */
  of(kind: TextKind): TextBuffer[] {
    if (this.#all === null) return this.#only?.kind === kind ? [this.#only.text] : [];
    return [...(this.#all.get(kind) ?? [])].sort(([a], [b]) => a - b).map(([, text]) => text);
  }

  all(): TextBuffer[] {
    if (this.#all === null) return this.#only === null ? [] : [this.#only.text];
    return [...this.#all.values()].flatMap((parts) => Array.from(parts.values()));
  }
}
