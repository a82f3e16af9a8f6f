// The texts of an item: by kind, and of each kind by part.
import { TextBuffer } from "../model/text-buffer.ts";
import type { TextKind } from "../model/text-kinds.ts";

/** A text of a gigabyte would be more than one string can hold; what arrives of it is shown all the same. */
const MOST_KEPT_CHARACTERS = 64 * 1024 ** 2;

interface ItemText {
  readonly kind: TextKind;
  readonly part: number;
  readonly text: TextBuffer;
}

/** Most items have one text, which takes no maps: a report may hold ten thousands of items. */
export class ItemTexts {
  #only: ItemText | null = null;
  /** All of them, where they are more than one. */
  #all: Map<TextKind, Map<number, TextBuffer>> | null = null;

  get(kind: TextKind, part: number): TextBuffer | null {
    if (this.#all !== null) return this.#all.get(kind)?.get(part) ?? null;
    return this.#only?.kind === kind && this.#only.part === part ? this.#only.text : null;
  }

  /** The text of a kind and part, which begins if it was not there. */
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

  /** The parts of one kind in their order. */
  of(kind: TextKind): TextBuffer[] {
    if (this.#all === null) return this.#only?.kind === kind ? [this.#only.text] : [];
    return [...(this.#all.get(kind) ?? [])].sort(([a], [b]) => a - b).map(([, text]) => text);
  }

  all(): TextBuffer[] {
    if (this.#all === null) return this.#only === null ? [] : [this.#only.text];
    return [...this.#all.values()].flatMap((parts) => Array.from(parts.values()));
  }
}
