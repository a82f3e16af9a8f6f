// Parts that a stream begins, fills and ends by separate events: texts, thoughts, the inputs of calls. This file checks
// that each part begins, and only once; texts.ts checks that it ends.
import type { PartMark } from "../../model/dialect-traits.ts";
import { jsonText } from "../../model/json-text.ts";
import type { JsonObject } from "../../model/payload.ts";
import type { Reading } from "../../model/reading.ts";
import { family } from "../rule.ts";

/** Limit on watched parts of a response; a hostile stream could begin one with every event. */
const MOST_PARTS = 10_000;

export const partStartRules = family({
  name: "part-starts",
  concerns: ({ partMarks }) => partMarks !== null,
  rules: [
    {
      id: "part-not-begun",
      severity: "error",
      meaning: "A delta or an end refers to a part that has not started or is already over.",
      why: "Clients that build the response part by part have no place for it: they throw and lose the rest of the response.",
      remedy:
        "Send a part's start event before its first delta, with the same id or index, and nothing after its end event.",
    },
    {
      id: "part-begun-twice",
      severity: "error",
      meaning: "A part starts again before it has ended: two parts share an id or index.",
      why: "Clients put the deltas of both parts into the second one and leave the first one unfinished.",
      remedy:
        "End a part before another one starts with its id, or give each its own id; look for two writers on one stream.",
    },
  ],
  watch(find) {
    /** Parts of the current response that have begun, and those that are not over. */
    let begun = new Set<string>();
    let open = new Set<string>();
    /** Parts reported as not open: one finding for all their events. */
    let unbegun = new Set<string>();
    /** The capture starts mid-response: its parts may have begun before. */
    let isResumed = false;

    function begin(part: string, { event, eventType }: Reading): void {
      if (open.has(part)) {
        const difference = { expected: "its end", seen: eventType };
        find("part-begun-twice", event, `${part} begins again before it has ended`, difference);
      }
      if (begun.size >= MOST_PARTS) return;
      begun.add(part);
      open.add(part);
    }

    function goOn(part: string, { event, eventType }: Reading): void {
      if (open.has(part) || isResumed || begun.size >= MOST_PARTS) return;
      if (unbegun.has(part) || unbegun.size >= MOST_PARTS) return;
      unbegun.add(part);
      const words = begun.has(part) ? "which is over" : "which has not started";
      find("part-not-begun", event, `${eventType} refers to ${part}, ${words}`, {
        expected: "its start",
        seen: eventType,
      });
    }

    function readMark(value: JsonObject, { role, name, key }: PartMark, reading: Reading): void {
      const part = `${name} ${jsonText(value[key])}`;
      if (role === "start") return begin(part, reading);
      if (role !== "whole") goOn(part, reading);
      if (role !== "delta") open.delete(part);
    }

    return {
      facts: {
        "response-start"({ resumed }) {
          begun = new Set();
          open = new Set();
          unbegun = new Set();
          isResumed = resumed;
        },
      },
      read(reading) {
        const { dialect, payload } = reading;
        if (payload.type !== "object" || dialect.partMarks === null) return;
        const { byType, closingTypes } = dialect.partMarks;
        const mark = byType.get(payload.value.type);
        if (mark !== undefined) readMark(payload.value, mark, reading);
        else if (closingTypes.has(payload.value.type)) open.clear();
      },
    };
  },
});
