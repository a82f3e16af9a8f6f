// Items of protocols that do not number their outputs. The dialect makes a key for each, such as the index of a block
// or of a tool call; fragments of a call are joined by that key.
import type { ItemSnapshot } from "../../model/facts.ts";
import type { FactWriter, WholeText } from "./fact-writer.ts";

export interface KeyedItems {
  /** Position of the item with that key; a new item starts with `snapshot`. */
  open(key: string, snapshot: () => ItemSnapshot): number;
  /** Position of the item with that key; null if it is not open. */
  find(key: string): number | null;
  /** Ends an item with its last known state; `texts` are those that came whole. Does nothing if it is not open. */
  end(key: string, changes?: Partial<ItemSnapshot>, texts?: readonly WholeText[]): void;
  /** Discards an item: it is not part of the response. Does nothing if it is not open. */
  drop(key: string): void;
  /** Ends all open items, in the order in which they began. */
  endAll(changes?: Partial<ItemSnapshot>): void;
}

export interface KeyedItemsOptions {
  /** The end of an item ends its texts: the protocol has no separate event for that. */
  readonly endsTexts?: boolean;
}

/** Tracks the items of the current response. An item that ended and is opened again is a new one. */
export function createKeyedItems(writer: FactWriter, { endsTexts = false }: KeyedItemsOptions = {}): KeyedItems {
  const items = new Map<string, { readonly item: number; readonly snapshot: ItemSnapshot }>();
  let response = -1;

  /** Items that were open in another response do not count here. */
  function current(): Map<string, { readonly item: number; readonly snapshot: ItemSnapshot }> {
    if (writer.response() !== response) items.clear();
    response = writer.response();
    return items;
  }

  function end(key: string, changes: Partial<ItemSnapshot> = {}, texts: readonly WholeText[] = []): void {
    const open = current().get(key);
    if (open === undefined) return;
    items.delete(key);
    if (endsTexts) writer.endTexts(open.item);
    writer.endItem(open.item, { ...open.snapshot, ...changes }, texts);
  }

  return {
    open(key, snapshot) {
      const known = current().get(key);
      if (known !== undefined) return known.item;
      const item = writer.nextItem();
      const begun = snapshot();
      items.set(key, { item, snapshot: begun });
      writer.startItem(item, begun);
      return item;
    },
    find: (key) => current().get(key)?.item ?? null,
    end,
    drop(key) {
      const open = current().get(key);
      if (open === undefined) return;
      end(key);
      writer.tell({ type: "item-dropped", response: writer.response(), item: open.item });
    },
    endAll(changes) {
      for (const key of current().keys()) end(key, changes);
    },
  };
}
