// Tool calls: the arguments for the tool, and the id that its result must name.
import type { ItemEnd } from "../../model/facts.ts";
import type { Reading } from "../../model/reading.ts";
import { nameItem, wholeItem } from "../watching/item-ledger.ts";
import { findJsonFault } from "../watching/json-fault.ts";
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";

/** The status of an item that was cut. */
const CUT_STATUS = "incomplete";
/** Characters in an excerpt before the fault, and from it on. */
const BEFORE = 20;
const AFTER = 20;
/** Limit on remembered calls of a response; a hostile stream could end one with every event. */
const MOST_CALLS = 10_000;

/** Arguments that are not JSON: reported once it is known whether the response was cut. */
interface Fault {
  readonly place: Place;
  readonly words: string;
  readonly excerpt: string;
}

export const toolRules = family({
  name: "tools",
  concerns: ({ toolCalls }) => toolCalls.jsonItems !== null || toolCalls.statedArguments !== null,
  rules: [
    {
      id: "arguments-invalid-json",
      severity: "error",
      meaning: "The arguments of a finished function or MCP call are not valid JSON.",
      why: "The call cannot run: clients throw when they parse the arguments, or run it without any.",
      remedy:
        "If the response was cut, allow more output tokens; otherwise the model wrote invalid JSON: use strict mode, or return the error as the call's output.",
    },
  ],
  watch(find, { ledger, transcript }) {
    /** Calls whose arguments are complete, each with its fault or null. */
    let calls = new Map<number, Fault | null>();

    function judge(position: number, name: string | null, text: string | null, { event }: Reading): void {
      if (text === null || calls.has(position) || calls.size >= MOST_CALLS) return;
      const at = isJson(text) ? null : findJsonFault(text);
      if (at === null) {
        calls.set(position, null);
        return;
      }
      const of = name === null ? nameItem(position, null) : `${name} (item ${position})`;
      const end = `of ${text.length}: the text ends there`;
      const where =
        text === "" ? "they are empty" : `at character ${at} ${at === text.length ? end : `of ${text.length}`}`;
      const excerpt = text.slice(Math.max(at - BEFORE, 0), at + AFTER);
      calls.set(position, { place: event, words: `the arguments of ${of} are not valid JSON, ${where}`, excerpt });
    }

    /**
     * For arguments given only by deltas. A call without arguments has no deltas or an empty text, which count the
     * same.
     */
    function readItemEnd({ item, snapshot }: ItemEnd, reading: Reading): void {
      const isCall = reading.dialect.toolCalls.jsonItems?.test(snapshot.type) ?? false;
      // An item without a name began before the capture.
      if (!isCall || snapshot.name === undefined || snapshot.status === CUT_STATUS || wholeItem(ledger, item) === null)
        return;
      judge(item, snapshot.name, transcript.textOf(item, "tool-input", 0) || null, reading);
    }

    /** For arguments stated by the event that ends them or their call. */
    function readStated(reading: Reading): void {
      const stated = ledger.isOpen ? (reading.dialect.toolCalls.statedArguments?.(reading) ?? null) : null;
      if (stated === null) return;
      const { item, name, text, isCut } = stated;
      if (isCut) calls.delete(item);
      else judge(item, name ?? ledger.items.get(item)?.snapshot.name ?? null, text, reading);
    }

    /**
     * Reports the faults in the arguments of the response's calls. `cut`: says whether the response was cut, if known.
     */
    function findFaults(cut: string): void {
      for (const fault of calls.values()) {
        if (fault === null) continue;
        const { place, words, excerpt } = fault;
        find("arguments-invalid-json", place, words + cut, { expected: "valid JSON", seen: excerpt });
      }
      calls = new Map();
    }

    return {
      facts: {
        "response-start": () => findFaults(""),
        "tool-input-end": (_, reading) => readStated(reading),
        "item-end"(fact, reading) {
          readItemEnd(fact, reading);
          readStated(reading);
        },
        "response-end": (fact) => findFaults(wordsOfCut(fact)),
      },
      end: () => findFaults(""),
    };
  },
});

function wordsOfCut({ outcome, reason }: { readonly outcome: string; readonly reason: string | null }): string {
  if (outcome === "incomplete") return `; the response was cut${reason === null ? "" : `: ${reason}`}`;
  return outcome === "completed" ? "; the response was not cut" : "";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
