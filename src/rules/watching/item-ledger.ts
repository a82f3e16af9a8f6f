// Records what a stream has said about the items of the current response, for rules that compare later events with
// earlier ones.
import type { Fact, ItemSnapshot } from "../../model/facts.ts";
import type { Reading } from "../../model/reading.ts";

export interface ItemLedger {
  /** A response is open, and its items can be identified; false if it began a second time. */
  readonly isOpen: boolean;
  /** The capture starts in its middle. */
  readonly isResumed: boolean;
  /** The current reading ends the response. */
  readonly isEnding: boolean;
  /** By position. Kept while the event that ends the response is read. */
  readonly items: ReadonlyMap<number, LedgerItem>;
  /** Whether an item may have begun before the capture. */
  mayBeBefore(position: number): boolean;
}

export interface LedgerKeeper extends ItemLedger {
  /** Takes a reading, before the rules get it. */
  read(reading: Reading): void;
}

export interface LedgerItem {
  readonly position: number;
  /** The item's first snapshot: later ones are compared with it. */
  readonly snapshot: ItemSnapshot;
  /** The item's last snapshot. */
  readonly last: ItemSnapshot;
  /** How many items began at this position: 0 if the beginning is not in the capture, 2 if two share it. */
  readonly starts: number;
  /** The item's own event said that it is done; the snapshot at the response's end is not enough. */
  readonly isDone: boolean;
}

/** Limit on watched items of a response; a hostile stream could begin one with every event. */
const MOST_ITEMS = 10_000;

type Entry = { -readonly [Key in keyof LedgerItem]: LedgerItem[Key] };

export function createItemLedger(): LedgerKeeper {
  let items = new Map<number, Entry>();
  /** Items begin in the order of their positions: those below the first one here began before the capture. */
  let lowestBegun = Infinity;

  function open(resumed: boolean): void {
    ledger.isOpen = true;
    ledger.isResumed = resumed;
    ledger.items = items = new Map();
    lowestBegun = Infinity;
  }

  function close(): void {
    ledger.isOpen = false;
    ledger.items = items = new Map();
  }

  function take(fact: Fact, reading: Reading, hasEnd: boolean): void {
    if (fact.type === "response-start") open(fact.resumed);
    // The response began twice: later events cannot be assigned to either.
    else if (
      fact.type === "response-update" &&
      ledger.isOpen &&
      reading.dialect.startEvents.includes(reading.eventType)
    )
      close();
    else if (fact.type === "response-end") ledger.isEnding = ledger.isOpen;
    else if (fact.type === "item-start") begin(fact.item, fact.snapshot, reading);
    else if (fact.type === "item-end" && !hasEnd) end(fact.item, fact.snapshot);
  }

  function begin(position: number, snapshot: ItemSnapshot, { dialect }: Reading): void {
    if (!ledger.isOpen || dialect.gatheringItems.includes(snapshot.type)) return;
    lowestBegun = Math.min(lowestBegun, position);
    const known = items.get(position);
    if (known === undefined) add({ position, snapshot, last: snapshot, starts: 1, isDone: false });
    else known.starts += 1;
  }

  function end(position: number, snapshot: ItemSnapshot): void {
    const known = items.get(position);
    if (known !== undefined) Object.assign(known, { isDone: true, last: snapshot });
    else if (ledger.isOpen) add({ position, snapshot, last: snapshot, starts: 0, isDone: true });
  }

  function add(item: Entry): void {
    if (items.size < MOST_ITEMS) items.set(item.position, item);
  }

  const ledger: { -readonly [Key in keyof LedgerKeeper]: LedgerKeeper[Key] } = {
    isOpen: false,
    isResumed: false,
    isEnding: false,
    items,
    read(reading) {
      if (ledger.isEnding) {
        ledger.isEnding = false;
        close();
      }
      const { facts } = reading;
      const hasEnd = facts.length > 1 && facts.some(isEnd);
      for (const fact of facts) take(fact, reading, hasEnd);
    },
    mayBeBefore: (position) => ledger.isResumed && position < lowestBegun,
  };
  return ledger;
}

function isEnd(fact: Fact): boolean {
  return fact.type === "response-end";
}

/** The item at a position, if the capture contains all of it and no other item shares its position. */
export function wholeItem(ledger: ItemLedger, position: number): LedgerItem | null {
  const item = ledger.items.get(position);
  return item?.starts === 1 ? item : null;
}

/** Names an item in a message: its position, and its type if known. */
export function nameItem(position: number, type: string | null): string {
  return type === null ? `item ${position}` : `item ${position} (${type})`;
}
