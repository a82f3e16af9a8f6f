// Items of which each holds one running text, known by a key as in `keyed-items.ts`: what dialects need that stream a
// text, a thought or a call's arguments between its beginning and its end.
import type { ItemSnapshot } from "../../model/facts.ts";
import type { TextKind } from "../../model/text-kinds.ts";
import type { FactWriter, WholeText } from "./fact-writer.ts";
import { createKeyedItems } from "./keyed-items.ts";

export interface StreamedItems {
  /** Position of the item with that key; begun where it is new. `kind` is what its deltas are. */
  open(key: string, kind: TextKind, snapshot: () => ItemSnapshot): number;
  /** Position of the item with that key, null where none is open. */
  find(key: string): number | null;
  /** A piece of its text; does nothing where none is open or the piece is empty. */
  append(key: string, text: string): void;
  /** Its text is whole, and is `stated` where the event says it; the item goes on. */
  endText(key: string, stated?: string | null): void;
  /** Ends the text, if it had any, and the item. `texts` are others that came whole. */
  end(key: string, changes?: Partial<ItemSnapshot>, texts?: readonly WholeText[]): void;
  /** Takes an item back: it is not part of the response. */
  drop(key: string): void;
  /** Ends all items that are open, but for the one named. `cut`: it was not the stream that ended their texts. */
  endAll(options?: { readonly except?: string; readonly cut?: boolean }): void;
  /** Whether deltas of it came. */
  hasText(key: string): boolean;
}

interface Text {
  readonly kind: TextKind;
  isOpen: boolean;
  hasDeltas: boolean;
}

/** Keeps the items of the response in hand. */
export function createStreamedItems(writer: FactWriter): StreamedItems {
  const items = createKeyedItems(writer);
  /** In the order in which they began; those of an earlier response are found to be no more when they are asked for. */
  const texts = new Map<string, Text>();

  function textOf(key: string): Text | null {
    if (items.find(key) === null) texts.delete(key);
    return texts.get(key) ?? null;
  }

  function endText(key: string, stated: string | null = null): void {
    const text = textOf(key);
    const item = items.find(key);
    if (text === null || item === null || !text.isOpen) return;
    text.isOpen = false;
    if (text.hasDeltas) writer.end(text.kind, item, 0, stated);
  }

  function end(key: string, changes?: Partial<ItemSnapshot>, wholeTexts?: readonly WholeText[]): void {
    endText(key);
    texts.delete(key);
    items.end(key, changes, wholeTexts);
  }

  return {
    open(key, kind, snapshot) {
      if (textOf(key) === null) texts.set(key, { kind, isOpen: true, hasDeltas: false });
      return items.open(key, snapshot);
    },
    find: (key) => items.find(key),
    append(key, piece) {
      const text = textOf(key);
      const item = items.find(key);
      if (text === null || item === null || piece === "") return;
      text.hasDeltas = true;
      text.isOpen = true;
      writer.delta(text.kind, item, 0, piece);
    },
    endText,
    end,
    drop(key) {
      endText(key);
      texts.delete(key);
      items.drop(key);
    },
    endAll({ except, cut = false } = {}) {
      for (const key of texts.keys()) {
        if (key === except) continue;
        if (!cut) end(key);
        else {
          texts.delete(key);
          items.end(key);
        }
      }
    },
    hasText: (key) => textOf(key)?.hasDeltas ?? false,
  };
}
