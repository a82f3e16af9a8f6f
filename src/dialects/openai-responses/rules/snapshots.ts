// Compares the end of a part, an item or the response with the streamed content.
import { kindOf } from "../../../model/facts.ts";
import { type TextKind } from "../../../model/text-kinds.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { nameItem, wholeItem, type LedgerItem } from "../../../rules/watching/item-ledger.ts";
import { textOfPart, textsOfItem } from "./item-texts.ts";
import { ITEM_DONE, payloadOf, positionOf } from "./event.ts";
import { family } from "../../../rules/rule.ts";
import { differ, namePart } from "../../../rules/watching/text-difference.ts";

/** Limits the parts remembered as differing; a hostile stream could have one with every event. */
const MOST_DOUBTFUL = 10_000;

/** The largest offset that is considered: a wrong part number is at most an item's position. */
const LARGEST_SHIFT = 100;

/** A text in a snapshot. */
interface SaidText {
  readonly item: number;
  readonly kind: TextKind;
  readonly part: number;
  readonly text: string;
}

export const snapshotRules = family({
  name: "snapshots",
  rules: [
    {
      id: "part-mismatch",
      severity: "error",
      meaning: "The text of a finished part or item differs from the streamed text.",
      why: "Clients that read deltas and clients that read finished items get different texts from the same stream.",
      remedy: "Put the whole streamed text into `content_part.done` and `output_item.done`.",
    },
    {
      id: "terminal-output-empty",
      // Not in OpenAI's own streams, but of many servers: vllm-project/vllm#30223, bytedance/deer-flow#1928.
      severity: "warning",
      meaning: "The completed response has an empty `output`, although items were streamed.",
      why: "Clients that read the response from the terminal event, as OpenAI's helpers do, find nothing in it.",
      remedy:
        "Put all items into `response.output` of the terminal event; clients can rebuild it from `output_item.done`.",
    },
    {
      id: "terminal-output-mismatch",
      severity: "error",
      meaning: "The items or texts in the terminal event's `output` differ from the streamed ones.",
      why: "Clients that read the stream and clients that read its last event get different responses.",
      remedy: "Put the items of `output_item.done` into `response.output`, in the order of `output_index`.",
    },
  ],
  watch(find, { ledger, transcript }) {
    /** Parts with a known difference: `kind/item/part`. */
    let doubtful = new Set<string>();

    /** The streamed text if a snapshot differs from it for the first time; else null. */
    function otherwiseStreamed({ item, kind, part, text }: SaidText): string | null {
      const streamed = transcript.textOf(item, kind, part);
      if (streamed === null || streamed === text) return null;
      const key = `${kind}/${item}/${part}`;
      if (doubtful.has(key) || doubtful.size >= MOST_DOUBTFUL) return null;
      doubtful.add(key);
      return streamed;
    }

    function hold(ruleId: "part-mismatch" | "terminal-output-mismatch", said: SaidText, reading: Reading): void {
      const streamed = otherwiseStreamed(said);
      if (streamed === null) return;
      const { words, expected, seen } = differ(streamed, said.text);
      const message = `${namePart(said.item, said.kind, said.part)} differs in ${reading.eventType}, ${words}`;
      find(ruleId, reading.event, message, { expected, seen });
    }

    /** Compares all texts of an item, including those that it leaves out. */
    function holdItem(
      ruleId: "part-mismatch" | "terminal-output-mismatch",
      item: number,
      value: JsonObject,
      reading: Reading,
    ): void {
      if (wholeItem(ledger, item) === null) return;
      for (const { kind, texts } of textsOfItem(value)) {
        const shift = shiftOf(item, kind, texts);
        texts.forEach((text, part) => hold(ruleId, { item, kind, part: part + shift, text }, reading));
        for (let part = texts.length + shift; transcript.hasText(item, kind, part); part += 1) {
          hold(ruleId, { item, kind, part, text: "" }, reading);
        }
      }
    }

    /**
     * Offset between the numbers of streamed parts and their places in the item; `content-index-order` reports that
     * fault.
     */
    function shiftOf(item: number, kind: TextKind, texts: readonly string[]): number {
      const first = texts.findIndex((text) => text !== "");
      if (first === -1 || texts.some((_, part) => transcript.hasText(item, kind, part))) return 0;
      for (let shift = 1; shift <= LARGEST_SHIFT; shift += 1) {
        if (transcript.hasText(item, kind, first + shift)) return shift;
      }
      return 0;
    }

    function readPartEnd(value: JsonObject, number: unknown, reading: Reading): void {
      const item = ledger.isOpen ? positionOf(value, reading) : null;
      const said = textOfPart(asObject(value.part) ?? {});
      if (item === null || said === null || wholeItem(ledger, item) === null) return;
      hold("part-mismatch", { item, part: asIndex(number) ?? 0, ...said }, reading);
    }

    function readOutput(output: readonly JsonObject[], reading: Reading): void {
      const { event, eventType } = reading;
      // A response in the wrong place is reported by `terminal-event-shape`.
      if (reading.payload.type !== "object" || asObject(reading.payload.value.response) === null) return;
      const items = [...ledger.items.values()].sort((one, other) => one.position - other.position);
      // If two items share a position, or some came before the capture, the lists cannot be compared one by one.
      if (items.length === 0 || items.some(({ starts }) => starts > 1)) return;
      if (output.length === 0) {
        const message = `${eventType} has an empty output, but ${countItems(items.length)} streamed`;
        return find("terminal-output-empty", event, message, { expected: items.length, seen: 0 });
      }
      if (!ledger.isResumed && output.length !== items.length) {
        const message = `${eventType} has ${output.length} in its output, but ${countItems(items.length)} streamed`;
        find("terminal-output-mismatch", event, message, { expected: items.length, seen: output.length });
        return;
      }
      holdOutput(output, items, reading);
    }

    /** Compares an output with as many items as were streamed, or of a resumed response. */
    function holdOutput(output: readonly JsonObject[], items: readonly LedgerItem[], reading: Reading): void {
      const { event, eventType } = reading;
      const byId = new Map<string | null, LedgerItem | null>();
      // An id that two items share identifies neither.
      for (const item of items) byId.set(item.snapshot.id, byId.has(item.snapshot.id) ? null : item);
      let previous = -1;
      for (const [place, value] of output.entries()) {
        const id = asId(value.id);
        const known = id === null ? null : byId.get(id);
        const item = known ?? (ledger.isResumed ? ledger.items.get(place) : items[place]);
        if (item === undefined) continue;
        const { position, snapshot, last } = item;
        if (position < previous) {
          const message = `${eventType} has ${nameItem(position, snapshot.type)} after item ${previous} in its output`;
          return find("terminal-output-mismatch", event, message, { expected: position, seen: place });
        }
        previous = position;
        const type = asString(value.type);
        const [name, callId] = [asString(value.name), asString(value.call_id)];
        const words = `${eventType} says that ${nameItem(position, snapshot.type)}`;
        if (type !== snapshot.type) {
          find("terminal-output-mismatch", event, `${words} is of type ${type}`, {
            expected: snapshot.type,
            seen: type,
          });
        } else if (callId !== null && last.callId !== undefined && callId !== last.callId) {
          const message = `${words} has the call_id ${callId}, not ${last.callId}`;
          find("terminal-output-mismatch", event, message, { expected: last.callId, seen: callId });
        } else if (name !== null && last.name !== undefined && name !== last.name) {
          const message = `${words} is a call of ${name}, not of ${last.name}`;
          find("terminal-output-mismatch", event, message, { expected: last.name, seen: name });
        } else holdItem("terminal-output-mismatch", position, value, reading);
      }
    }

    return {
      facts: {
        "response-start"() {
          doubtful = new Set();
        },
        // If the deltas differ, `delta-mismatch` reports it.
        "*-end"(fact) {
          if (fact.text === null || wholeItem(ledger, fact.item) === null) return;
          otherwiseStreamed({ item: fact.item, kind: kindOf(fact), part: fact.part, text: fact.text });
        },
        "response-end"({ outcome }, reading) {
          const value = payloadOf(reading);
          if (!ledger.isOpen || value === null || outcome !== "completed") return;
          readOutput(asObjects(asObject(value.response)?.output), reading);
        },
      },
      payloads: {
        "response.content_part.done": (value, reading) => readPartEnd(value, value.content_index, reading),
        "response.reasoning_summary_part.done": (value, reading) => readPartEnd(value, value.summary_index, reading),
        [ITEM_DONE](value, reading) {
          const position = ledger.isOpen ? positionOf(value, reading) : null;
          if (position !== null) holdItem("part-mismatch", position, asObject(value.item) ?? {}, reading);
        },
      },
    };
  },
});

function countItems(count: number): string {
  return count === 1 ? "1 item was" : `${count} items were`;
}
