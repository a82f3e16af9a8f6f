// Items of protocols that do not number their outputs: each is known by a key of the dialect's own making, such as the
// index of a block or of a tool call. Fragments of a call are joined by that key.
import type { ItemSnapshot } from "../../model/facts.ts";
import type { FactWriter, WholeText } from "./fact-writer.ts";

export interface KeyedItems {
  /** Position of the item with that key; begun with `snapshot` where it is new. */
  open(key: string, snapshot: () => ItemSnapshot): number;
  /** Position of the item with that key, null where none is open. */
  find(key: string): number | null;
  /** Ends an item with what is known of it by then; `texts` are those that came whole. Does nothing where none is open. */
  end(key: string, changes?: Partial<ItemSnapshot>, texts?: readonly WholeText[]): void;
  /** Takes an item back: it is not part of the response. Does nothing where none is open. */
  drop(key: string): void;
  /** Ends all that are open, in the order in which they began. */
  endAll(changes?: Partial<ItemSnapshot>): void;
}

export interface KeyedItemsOptions {
  /** The end of an item is the end of its texts: no event of their own ends them. */
  readonly endsTexts?: boolean;
}

/** Keeps the items of the response in hand. An item that ended and is opened again is a new one. */
export function createKeyedItems(writer: FactWriter, { endsTexts = false }: KeyedItemsOptions = {}): KeyedItems {
  const items = new Map<string, { readonly item: number; readonly snapshot: ItemSnapshot }>();
  let response = -1;

  /** What was open in another response is of no matter here. */
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
