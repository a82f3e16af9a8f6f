// Writes the facts of every dialect: opens a response if the capture starts mid-response, and reports text that comes
// whole at the end if no delta came before.
import {
  type Fact,
  type ItemSnapshot,
  type Outcome,
  type ResponseSnapshot,
  type StreamError,
  type Usage,
} from "../../model/facts.ts";
import { deltaTypes, endTypes, type TextKind } from "../../model/text-kinds.ts";
import type { Cost, ServerTiming } from "../../model/provider-figures.ts";

export interface FactWriter {
  /** The facts written since the last call. */
  take(): readonly Fact[];
  /** Adds a fact that needs no bookkeeping. */
  tell(fact: Fact): void;

  startResponse(snapshot: ResponseSnapshot): void;
  /** A snapshot of the current response, or of another one if its id differs. */
  updateResponse(snapshot: ResponseSnapshot, outcome: Outcome | null): void;
  endResponse(outcome: Outcome, status: string | null, reason: string | null): void;
  /** Position of the current response; opens one if there is none. */
  response(): number;

  startItem(item: number, snapshot: ItemSnapshot): void;
  /** `texts` are the item's whole texts: those without any deltas are reported as late deltas. */
  endItem(item: number, snapshot: ItemSnapshot, texts: readonly WholeText[]): void;
  /** Position of the item with that id; the next free one if the id is new. */
  itemWithId(id: string): number;
  /** Position for a new item. */
  nextItem(): number;
  /** Position of the last item, 0 if there is none. */
  lastItem(): number;
  hasItem(id: string): boolean;
  hasEnded(item: number): boolean;

  delta(kind: TextKind, item: number, part: number, text: string): void;
  /** The end of a part, with its whole text if the event has it. */
  end(kind: TextKind, item: number, part: number, text: string | null): void;
  /** Ends the open parts of an item that had deltas: for an item that stops as a whole, without stating its texts. */
  endTexts(item: number): void;

  usage(usage: Usage): void;
  /** Null: the provider reports none. */
  serverTiming(serverTiming: ServerTiming | null): void;
  /** Null: the provider reports none. */
  cost(cost: Cost | null): void;
  error(error: StreamError): void;
  /** The same for an error that is the only content: gives its facts. */
  readonly fail: (error: StreamError) => readonly Fact[];
}

export interface WholeText {
  readonly kind: TextKind;
  readonly part: number;
  readonly text: string;
}

const NOTHING_KNOWN: ResponseSnapshot = { id: null, model: null, status: null, serviceTier: null };

export function createFactWriter(): FactWriter {
  let facts: Fact[] = [];
  /** Position of the current response; -1 before the first. */
  let response = -1;
  let responseId: string | null = null;
  let responseEnded = false;

  // Of the current response:
  let itemIds = new Map<string, number>();
  let startedItems = new Set<number>();
  let endedItems = new Set<number>();
  let nextItem = 0;
  /** Parts that had a text, by `kind/item`. */
  let texts = new Map<string, Set<number>>();
  /** Of each item, the parts that had deltas and have not ended. */
  let running = new Map<number, Map<string, { kind: TextKind; part: number }>>();
  /** The part of the last delta: most deltas continue it, and then nothing needs to be noted. */
  let last: { kind: TextKind; item: number; part: number } | null = null;

  function open(snapshot: ResponseSnapshot, resumed: boolean): void {
    response += 1;
    responseId = snapshot.id;
    responseEnded = false;
    itemIds = new Map();
    startedItems = new Set();
    endedItems = new Set();
    nextItem = 0;
    texts = new Map();
    running = new Map();
    last = null;
    facts.push({ type: "response-start", response, ...snapshot, resumed });
  }

  function current(): number {
    if (response === -1) open(NOTHING_KNOWN, true);
    return response;
  }

  function see(item: number, id: string | null): void {
    nextItem = Math.max(nextItem, item + 1);
    if (id !== null) itemIds.set(id, item);
  }

  function tellDelta(kind: TextKind, item: number, part: number, text: string, late: boolean): void {
    const response = current();
    if (last === null || last.kind !== kind || last.item !== item || last.part !== part) {
      last = { kind, item, part };
      noteText(kind, item, part);
      see(item, null);
      if (!late) run(kind, item, part);
    }
    const delta = { type: deltaTypes[kind], response, item, part, text } as const;
    facts.push(late ? { ...delta, late } : delta);
  }

  function noteText(kind: TextKind, item: number, part: number): void {
    const key = `${kind}/${item}`;
    texts.set(key, (texts.get(key) ?? new Set()).add(part));
  }

  function hasText(kind: TextKind, item: number, part: number): boolean {
    return texts.get(`${kind}/${item}`)?.has(part) ?? false;
  }

  /**
   * The part numbers under which the whole texts of an item were streamed. A server may number its parts in another way
   * than by their place in the item, for example from 1: then the first text of a kind is the first one that was
   * streamed, and so on.
   */
  function asStreamed(item: number, wholeTexts: readonly WholeText[]): readonly WholeText[] {
    if (wholeTexts.length === 0) return wholeTexts;
    const numbersOf = new Map<TextKind, number[]>();
    for (const kind of new Set(wholeTexts.map(({ kind }) => kind))) {
      const streamed = [...(texts.get(`${kind}/${item}`) ?? [])];
      const said = new Set(wholeTexts.filter((whole) => whole.kind === kind).map(({ part }) => part));
      if (streamed.some((part) => !said.has(part))) {
        numbersOf.set(
          kind,
          streamed.sort((one, other) => one - other),
        );
      }
    }
    if (numbersOf.size === 0) return wholeTexts;
    return wholeTexts.map((whole) => {
      const numbers = numbersOf.get(whole.kind);
      if (numbers === undefined) return whole;
      const next = numbers.shift() ?? whole.part;
      // Texts beyond the streamed ones follow them.
      if (numbers.length === 0) numbers.push(next + 1);
      return { ...whole, part: next };
    });
  }

  function run(kind: TextKind, item: number, part: number): void {
    const parts = running.get(item) ?? new Map<string, { kind: TextKind; part: number }>();
    running.set(item, parts.set(`${kind}/${part}`, { kind, part }));
  }

  function tellEnd(kind: TextKind, item: number, part: number, text: string | null): void {
    running.get(item)?.delete(`${kind}/${part}`);
    // A delta after the end continues nothing.
    if (last?.kind === kind && last.item === item && last.part === part) last = null;
    facts.push({ type: endTypes[kind], response: current(), item, part, text });
  }

  /** Reports a whole text that had no delta. */
  function tellLate(kind: TextKind, item: number, part: number, text: string): void {
    if (text !== "") tellDelta(kind, item, part, text, true);
  }

  function take(): readonly Fact[] {
    const taken = facts;
    facts = [];
    return taken;
  }

  function tellError(error: StreamError): void {
    // An error may come alone: no earlier part of a response is missing before it.
    if (response === -1) open(NOTHING_KNOWN, false);
    facts.push({ type: "error-reported", response: current(), error });
  }

  return {
    take,
    tell(fact) {
      facts.push(fact);
    },
    startResponse(snapshot) {
      const isRepeat = response >= 0 && !responseEnded && snapshot.id !== null && snapshot.id === responseId;
      if (isRepeat) facts.push({ type: "response-update", response, ...snapshot, outcome: null });
      else open(snapshot, false);
    },
    updateResponse(snapshot, outcome) {
      // While a response is open, a new id is still the same response: GitHub Copilot gives every event its own.
      const isOther = responseEnded && snapshot.id !== null && snapshot.id !== responseId;
      if (response === -1 || isOther) open(snapshot, true);
      responseId ??= snapshot.id;
      facts.push({ type: "response-update", response, ...snapshot, outcome });
    },
    endResponse(outcome, status, reason) {
      facts.push({ type: "response-end", response: current(), outcome, status, reason });
      responseEnded = true;
    },
    response: current,
    startItem(item, snapshot) {
      const response = current();
      see(item, snapshot.id);
      startedItems.add(item);
      facts.push({ type: "item-start", response, item, snapshot });
    },
    endItem(item, snapshot, wholeTexts) {
      const response = current();
      see(item, snapshot.id);
      for (const { kind, part, text } of asStreamed(item, wholeTexts)) {
        if (!hasText(kind, item, part)) tellLate(kind, item, part, text);
        // If the capture misses the start of an item, it may miss the start of its texts too.
        else if (!startedItems.has(item)) facts.push({ type: endTypes[kind], response, item, part, text });
      }
      endedItems.add(item);
      facts.push({ type: "item-end", response, item, snapshot });
    },
    itemWithId(id) {
      current();
      const item = itemIds.get(id) ?? nextItem;
      see(item, id);
      return item;
    },
    nextItem() {
      current();
      return nextItem;
    },
    lastItem: () => Math.max(nextItem - 1, 0),
    hasItem: (id) => itemIds.has(id),
    hasEnded: (item) => endedItems.has(item),
    delta: (kind, item, part, text) => tellDelta(kind, item, part, text, false),
    end(kind, item, part, text) {
      if (text !== null && !hasText(kind, item, part)) tellLate(kind, item, part, text);
      tellEnd(kind, item, part, text);
    },
    endTexts(item) {
      for (const { kind, part } of running.get(item)?.values() ?? []) tellEnd(kind, item, part, null);
    },
    usage(usage) {
      facts.push({ type: "usage-reported", response: current(), usage });
    },
    serverTiming(serverTiming) {
      if (serverTiming !== null) facts.push({ type: "server-timing-reported", response: current(), serverTiming });
    },
    cost(cost) {
      if (cost !== null) facts.push({ type: "cost-reported", response: current(), cost });
    },
    error: tellError,
    fail(error) {
      tellError(error);
      return take();
    },
  };
}
