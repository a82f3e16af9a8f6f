// Items that hold one running text each, known by a key as in `keyed-items.ts`: for dialects that stream a text,
// reasoning or a call's arguments between an item's start and end.
import type { ItemSnapshot } from "../../model/facts.ts";
import type { TextKind } from "../../model/text-kinds.ts";
import type { FactWriter, WholeText } from "./fact-writer.ts";
import { createKeyedItems } from "./keyed-items.ts";

export interface StreamedItems {
  /** Position of the item with that key; starts it if it is new. `kind` is the type of its deltas. */
  open(key: string, kind: TextKind, snapshot: () => ItemSnapshot): number;
  /** Position of the item with that key; null if it is not open. */
  find(key: string): number | null;
  /** Adds to its text; does nothing if it is not open or the text is empty. */
  append(key: string, text: string): void;
  /** Its text is complete, and equals `stated` if the event has it; the item stays open. */
  endText(key: string, stated?: string | null): void;
  /** Ends the text, if it had any, and the item. `texts` are others that came whole. */
  end(key: string, changes?: Partial<ItemSnapshot>, texts?: readonly WholeText[]): void;
  /** Discards an item: it is not part of the response. */
  drop(key: string): void;
  /** Ends all open items except the named one. `cut`: their texts were not ended by the stream. */
  endAll(options?: { readonly except?: string; readonly cut?: boolean }): void;
  /** Whether it had deltas. */
  hasText(key: string): boolean;
}

interface Text {
  readonly kind: TextKind;
  isOpen: boolean;
  hasDeltas: boolean;
}

/** Tracks the items of the current response. */
export function createStreamedItems(writer: FactWriter): StreamedItems {
  const items = createKeyedItems(writer);
  /** In the order in which they began; items of an earlier response are found to be closed when they are looked up. */
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
