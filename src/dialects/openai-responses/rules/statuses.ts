// Compares the status of a response or an item with the event that has it.
import { asObject, asObjects, asString, type JsonObject } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { nameItem } from "../../../rules/watching/item-ledger.ts";
import { ITEM_DONE, positionOf } from "./event.ts";
import { family } from "../../../rules/rule.ts";
import type { Place } from "../../../model/finding.ts";

/** It has no event of its own, so it comes with any. */
const CANCELLED = "cancelled";
const IN_PROGRESS = "in_progress";
const INCOMPLETE = "incomplete";
/** Limits the items remembered as incomplete; a hostile stream could send one with every event. */
const MOST_INCOMPLETE = 100;

export const statusRules = family({
  name: "statuses",
  rules: [
    {
      id: "status-mismatch",
      severity: "error",
      meaning: "A terminal event carries a response whose status contradicts the event's name.",
      why: "A client that follows the event treats a cut or failed response as complete, or a complete one as cut.",
      remedy: "Send the event that matches the status, such as `response.incomplete` for `incomplete`.",
    },
    {
      id: "item-status-mismatch",
      // "`completed` … is a terminal status"; of `incomplete`: "the containing response also MUST be in an incomplete
      // state": https://www.openresponses.org/specification#items-are-state-machines
      severity: { openai: "warning", "open-responses": "error", lenient: "info" },
      meaning: "A finished item is still `in_progress`, or is `incomplete` in a completed response.",
      why: "Clients that follow the item's status keep waiting for it or run a cut tool call.",
      remedy:
        "Send `output_item.done` with the status `completed`, or with `incomplete` followed by `response.incomplete`.",
    },
  ],
  watch(find, { ledger }) {
    /** Reported if the response is completed all the same. */
    let incomplete: { name: string; place: Place }[] = [];

    /** `expected`: the status that matches the event. */
    function readTerminal(value: JsonObject, expected: string, { event, eventType }: Reading): void {
      const status = asString(asObject(value.response)?.status);
      if (!ledger.isOpen || status === null || status === expected || status === CANCELLED) return;
      const message = `${eventType} carries a response of status ${status}`;
      find("status-mismatch", event, message, { expected, seen: status });
    }

    function readDone(value: JsonObject, reading: Reading): void {
      if (!ledger.isOpen) return;
      const item = asObject(value.item) ?? {};
      const name = nameItem(positionOf(value, reading) ?? 0, asString(item.type));
      if (item.status === INCOMPLETE && incomplete.length < MOST_INCOMPLETE) {
        incomplete.push({ name, place: reading.event });
      }
      if (isInProgress(item)) findInProgress(`${name} is done`, reading);
    }

    /** Items still in progress in a completed response, unless their own end reported it. */
    function readOutput(value: JsonObject, reading: Reading): void {
      if (!ledger.isOpen) return;
      asObjects(asObject(value.response)?.output).forEach((item, place) => {
        if (!isInProgress(item) || ledger.items.get(place)?.last.status === IN_PROGRESS) return;
        findInProgress(`the response is completed with ${nameItem(place, asString(item.type))}`, reading);
      });
    }

    function findInProgress(words: string, { event }: Reading): void {
      const message = `${words}, but its status is ${IN_PROGRESS}`;
      find("item-status-mismatch", event, message, { expected: "completed", seen: IN_PROGRESS });
    }

    function tellIncomplete(): void {
      for (const { name, place } of incomplete) {
        const message = `${name} is ${INCOMPLETE}, but the response is completed`;
        find("item-status-mismatch", place, message, { expected: "completed", seen: INCOMPLETE });
      }
    }

    return {
      facts: {
        "response-start"() {
          incomplete = [];
        },
        "response-end"({ outcome }) {
          if (outcome === "completed") tellIncomplete();
        },
      },
      payloads: {
        [ITEM_DONE]: readDone,
        "response.completed"(value, reading) {
          readTerminal(value, "completed", reading);
          readOutput(value, reading);
        },
        "response.incomplete": (value, reading) => readTerminal(value, "incomplete", reading),
        "response.failed": (value, reading) => readTerminal(value, "failed", reading),
      },
    };
  },
});

/** A call made by the model's own program stays in progress until the client returns its result: not a fault. */
function isInProgress({ status, caller }: JsonObject): boolean {
  return status === IN_PROGRESS && asObject(caller)?.type !== "program";
}
