// Items from start to end: each is added once, keeps its id, and is done before the response is.
import { asId, asObject, asObjects, asString, type JsonObject } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { nameItem, type LedgerItem } from "../../../rules/watching/item-ledger.ts";
import { isOfItem, ITEM_ADDED, ITEM_DONE, payloadOf, positionOf, typeOf } from "./event.ts";
import { family } from "../../../rules/rule.ts";
import type { Place } from "../../../model/finding.ts";
import { cut } from "../../../wording/cut.ts";

/** Other ids that a message lists, besides the first. */
const MOST_LISTED = 3;
/** Characters of an id in a message: GitHub Copilot's have hundreds. */
const LONGEST_ID = 48;
/** Limits the items remembered as not added; a hostile stream could name one with every event. */
const MOST_UNADDED = 10_000;

/** An item whose id changed: reported when the response is over, with all its ids. */
interface IdChange {
  readonly item: LedgerItem;
  readonly place: Place;
  /** The other ids, up to the listed number, with the event type that had each first. */
  readonly others: { readonly id: string; readonly where: string }[];
  /** Events that had another id than the first. */
  count: number;
  /** The id of the last of these events. */
  last: string | null;
  /** Each of these events had an id of its own. */
  isAlwaysNew: boolean;
}

export const itemRules = family({
  name: "items",
  rules: [
    {
      id: "item-not-added",
      // "The first event MUST always be response.output_item.added":
      // https://www.openresponses.org/specification#items-are-streamable
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "An event refers to an item without an earlier `response.output_item.added`.",
      why: "Clients that build the response item by item have no place for the event: they throw or drop it.",
      remedy: "Send `response.output_item.added` before any other event of an item, or look for what dropped it.",
    },
    {
      id: "item-not-done",
      // Not an error: OpenAI itself sometimes does not finish `mcp_list_tools` items.
      severity: "warning",
      meaning: "The response is completed, but an added item has no `response.output_item.done`.",
      why: "Clients that process finished items, such as tool calls, never see this one.",
      remedy: "Send `response.output_item.done` with the whole item before the terminal event.",
    },
    {
      id: "item-id-changed",
      // "MUST be unique enough for clients to reference the item unambiguously":
      // https://www.openresponses.org/specification#extending-items
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "An item's id differs between its events, or between its events and the terminal event's output.",
      why: "Clients that find items by id lose the deltas, or show the same item several times.",
      remedy:
        "Keep one id per item from `response.output_item.added` to the terminal event; clients that must read such a stream can match items by `output_index`.",
    },
    {
      id: "item-id-repeated",
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "An added item has the same id as another item of the response.",
      why: "Clients that find items by id mix up the texts of both items.",
      remedy: "Give every item its own id.",
    },
    {
      id: "item-changed",
      severity: "error",
      meaning: "An item's type or tool name differs between its added and done events.",
      why: "A client that already shows the item, or runs the tool, started with the wrong one.",
      remedy: "Look for what mixes up items: two items with one `output_index`, or a gateway that rewrites them.",
    },
  ],
  watch(find, { ledger }) {
    let unadded = new Set<number>();
    let changes = new Map<number, IdChange>();
    /** The id of the response, and whether another one came. */
    let responseId: string | null = null;
    let hasOtherId = false;
    /** Positions of the added items, by id. */
    let positions = new Map<string, number>();
    /** The first number of the response's events; null without numbers: then the stream cannot be resumed. */
    let firstNumber: number | null = null;
    /** An unreadable event may have been the start of a response or of an item. */
    let hasUnreadable = false;

    function tellChanges(): void {
      for (const { item, place, others, count, isAlwaysNew } of changes.values()) {
        // GitHub Copilot encrypts all ids again in each event: `response-id-changed` reports that once.
        if (hasOtherId && isAlwaysNew) continue;
        const { position, snapshot } = item;
        const list = others.map(({ id, where }) => `${cut(id, LONGEST_ID)} in ${where}`).join(", ");
        const events = count === 1 ? "1 event" : `${count} events`;
        const message = `${nameItem(position, snapshot.type)} was added as ${cut(snapshot.id ?? "", LONGEST_ID)}, and ${events} had another id: ${list}${count > others.length ? " …" : ""}`;
        find("item-id-changed", place, message, { expected: snapshot.id, seen: others[0]?.id ?? null });
      }
      changes = new Map();
    }

    function holdId(item: LedgerItem, id: string | null, where: string, place: Place, events = 1): void {
      if (id === null || item.snapshot.id === null || id === item.snapshot.id || item.starts > 1) return;
      let change = changes.get(item.position);
      if (change === undefined) changes.set(item.position, (change = newChange(item, place)));
      change.isAlwaysNew &&= id !== change.last && events === 1;
      change.last = id;
      change.count += events;
      if (change.others.length < MOST_LISTED && !change.others.some((other) => other.id === id)) {
        change.others.push({ id, where });
      }
    }

    function readItemEvent(value: JsonObject, type: string, reading: Reading, events: number): void {
      const position = positionOf(value, reading);
      if (position === null) return;
      const item = ledger.items.get(position);
      if (item === undefined || item.starts === 0) return findUnadded(position, value, type, reading);
      if (type === ITEM_ADDED) return holdNewId(item, reading.event);
      const whole = type === ITEM_DONE ? asObject(value.item) : null;
      holdId(item, asId(whole === null ? value.item_id : whole.id), type, reading.event, events);
      if (whole !== null) holdKind(item, whole, reading.event);
    }

    /** Reports an item with the id of an earlier one. */
    function holdNewId({ position, snapshot, starts }: LedgerItem, place: Place): void {
      if (snapshot.id === null || starts > 1) return;
      const other = positions.get(snapshot.id);
      if (other === undefined) positions.set(snapshot.id, position);
      else if (other !== position) {
        const message = `${nameItem(position, snapshot.type)} is added with the id of item ${other}: ${cut(snapshot.id, LONGEST_ID)}`;
        find("item-id-repeated", place, message, { expected: "another id", seen: snapshot.id });
      }
    }

    function holdKind({ position, snapshot, starts }: LedgerItem, value: JsonObject, place: Place): void {
      if (starts > 1) return;
      const [type, name] = [asString(value.type), asString(value.name)];
      if (type !== null && type !== snapshot.type) {
        const message = `item ${position} was added as ${snapshot.type}, but is done as ${type}`;
        find("item-changed", place, message, { expected: snapshot.type, seen: type });
      } else if (name !== null && snapshot.name !== undefined && snapshot.name !== "" && name !== snapshot.name) {
        const message = `${nameItem(position, snapshot.type)} was added as a call of ${snapshot.name}, but is done as a call of ${name}`;
        find("item-changed", place, message, { expected: snapshot.name, seen: name });
      }
    }

    function findUnadded(position: number, value: JsonObject, type: string, { event }: Reading): void {
      if (unadded.has(position) || unadded.size >= MOST_UNADDED) return;
      const mayBeResumed = hasUnreadable || (firstNumber !== null && firstNumber > 0);
      if (mayBeResumed && ledger.mayBeBefore(position)) return;
      unadded.add(position);
      const id = asId(value.item_id) ?? asId(asObject(value.item)?.id);
      const name = id === null ? `item ${position}` : `item ${position} (${cut(id, LONGEST_ID)})`;
      find("item-not-added", event, `${type} refers to ${name}, which was not added`, {
        expected: ITEM_ADDED,
        seen: type,
      });
    }

    function readEnd(value: JsonObject, reading: Reading): void {
      const isCompleted = reading.facts.some((fact) => fact.type === "response-end" && fact.outcome === "completed");
      if (!isCompleted) return;
      const items = [...ledger.items.values()].sort((one, other) => one.position - other.position);
      for (const { position, snapshot, starts, isDone } of items) {
        if (starts !== 1 || isDone) continue;
        const message = `${nameItem(position, snapshot.type)} was added, but is not done when the response is completed`;
        find("item-not-done", reading.event, message, { expected: ITEM_DONE, seen: null });
      }
      holdOutput(asObjects(asObject(value.response)?.output), items, reading);
    }

    /** Checks output items whose id no earlier event had: their place in the list identifies them. */
    function holdOutput(
      output: readonly JsonObject[],
      items: readonly LedgerItem[],
      { event, eventType }: Reading,
    ): void {
      if (output.length !== items.length) return;
      const ids = new Set(items.map(({ snapshot }) => snapshot.id));
      output.forEach(({ id, type }, place) => {
        const item = items[place];
        if (item === undefined || item.starts === 0 || item.snapshot.type !== type || ids.has(asId(id))) return;
        holdId(item, asId(id), eventType, event);
      });
    }

    return {
      facts: {
        unreadable() {
          hasUnreadable = true;
        },
        "response-update"({ id }) {
          hasOtherId ||= id !== null && id !== (responseId ??= id);
        },
        "response-start"({ id }) {
          tellChanges();
          unadded = new Set();
          positions = new Map();
          responseId = id;
          hasOtherId = false;
          firstNumber = null;
        },
      },
      read(reading) {
        firstNumber ??= reading.sequenceNumber;
        const value = payloadOf(reading);
        if (!ledger.isOpen || value === null) return;
        const type = typeOf(value, reading);
        if (isOfItem(value, type)) readItemEvent(value, type, reading, 1);
        if (!ledger.isEnding) return;
        readEnd(value, reading);
        tellChanges();
      },
      stretch({ like, events }) {
        const value = payloadOf(like);
        if (!ledger.isOpen || value === null) return;
        const type = typeOf(value, like);
        if (isOfItem(value, type)) readItemEvent(value, type, like, events);
      },
      end: tellChanges,
    };
  },
});

function newChange(item: LedgerItem, place: Place): IdChange {
  return { item, place, others: [], count: 0, last: null, isAlwaysNew: true };
}
