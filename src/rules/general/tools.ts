// Calls of tools: the arguments that the tool is to be run with, and the id that its result has to name.
import type { ItemEnd } from "../../model/facts.ts";
import { asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Reading } from "../../model/reading.ts";
import { nameItem, wholeItem } from "../watching/item-ledger.ts";
import { findJsonFault } from "../watching/json-fault.ts";
import { isPlainDelta, ITEM_DONE, payloadOf, positionOf, typeOf } from "../../dialects/openai-responses/rules/event.ts";
import { family } from "../rule.ts";
import type { Place } from "../../model/finding.ts";

/** The events by which arguments are done; those of custom tools are no JSON. */
const ARGUMENTS_DONE: ReadonlySet<string> = new Set([
  "response.function_call_arguments.done",
  "response.mcp_call_arguments.done",
]);
/** The items whose arguments are JSON text. */
const CALLS: ReadonlySet<unknown> = new Set(["function_call", "mcp_call"]);
/** Where the end of a call's item is the end of its arguments, and the calls whose arguments are JSON text there. */
const CALLS_BY_ITEM: Readonly<Record<string, RegExp>> = {
  anthropic: /tool_use$/,
  bedrock: /tool_use$/,
  "ai-sdk": /^function_call$/,
  cohere: /^function_call$/,
  gemini: /^function_call$/,
  "gemini-interactions": /^(?:function|mcp_server_tool)_call$/,
  "openai-chat": /^function_call$/,
};
/** An item that was cut says so itself. */
const CUT_STATUS = "incomplete";
/** Characters that an excerpt shows before the fault, and from it on. */
const BEFORE = 20;
const AFTER = 20;
/** Calls of a response that are remembered; a hostile stream could end one with every event. */
const MOST_CALLS = 10_000;

/** Arguments that are no JSON: told when it is known whether the response was cut. */
interface Fault {
  readonly place: Place;
  readonly words: string;
  readonly excerpt: string;
}

export const toolRules = family({
  name: "tools",
  dialects: ["openai-responses", ...Object.keys(CALLS_BY_ITEM)],
  rules: [
    {
      id: "arguments-invalid-json",
      severity: "error",
      meaning: "The arguments of a finished function or MCP call are not valid JSON.",
      why: "The call cannot be run: clients throw when they parse the arguments, or run it with none.",
      remedy:
        "Where the response was cut, allow more output tokens. Else the model wrote them so: use strict mode, or send the error back as the call's output.",
    },
    {
      id: "call-id-changed",
      // Not an error: OpenAI itself does it to the client's own `tool_search`.
      severity: "warning",
      meaning: "A call has another `call_id` when it is done than when it was added.",
      why: "A client that answers with the first one is told that there is no such call.",
      remedy: "Keep the `call_id` from `output_item.added` on. Clients should answer with that of `output_item.done`.",
    },
  ],
  watch(find, { ledger, transcript }) {
    /** The calls whose arguments were seen at their end, with what is wrong with them. */
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
      calls.set(position, { place: event, words: `the arguments of ${of} are no valid JSON, ${where}`, excerpt });
    }

    /** Arguments that nothing but their deltas tells; a call without any has none, and an empty text says the same. */
    function readItemEnd({ item, snapshot }: ItemEnd, reading: Reading): void {
      const isCall = CALLS_BY_ITEM[reading.dialect]?.test(snapshot.type) ?? false;
      // One without a name was begun before the capture was.
      if (!isCall || snapshot.name === undefined || snapshot.status === CUT_STATUS || wholeItem(ledger, item) === null)
        return;
      judge(item, snapshot.name, transcript.textOf(item, "tool-input", 0) || null, reading);
    }

    function readDone(value: JsonObject, reading: Reading): void {
      const item = asObject(value.item) ?? {};
      const position = positionOf(value, reading);
      if (position === null) return;
      if (CALLS.has(item.type)) {
        if (item.status === CUT_STATUS) calls.delete(position);
        else judge(position, asString(item.name), asString(item.arguments), reading);
      }
      const added = wholeItem(ledger, position)?.snapshot;
      const callId = asString(item.call_id);
      if (added?.callId === undefined || callId === null || added.callId === callId) return;
      const message = `the call_id of ${nameItem(position, added.type)} was ${added.callId} and is ${callId} when it is done`;
      find("call-id-changed", reading.event, message, { expected: added.callId, seen: callId });
    }

    /** Tells what is wrong with the arguments of the response's calls; `cut` says whether it was cut, where that is known. */
    function tellFaults(cut: string): void {
      for (const fault of calls.values()) {
        if (fault === null) continue;
        const { place, words, excerpt } = fault;
        find("arguments-invalid-json", place, words + cut, { expected: "valid JSON", seen: excerpt });
      }
      calls = new Map();
    }

    return {
      read(reading) {
        if (isPlainDelta(reading)) return;
        for (const fact of reading.facts) if (fact.type === "response-start") tellFaults("");
        for (const fact of reading.facts) if (fact.type === "item-end") readItemEnd(fact, reading);
        const value = payloadOf(reading);
        if (!ledger.isOpen || value === null) return;
        const type = typeOf(value, reading);
        if (type === ITEM_DONE) readDone(value, reading);
        else if (ARGUMENTS_DONE.has(type)) {
          const position = positionOf(value, reading);
          if (position === null) return;
          const name = asString(value.name) ?? ledger.items.get(position)?.snapshot.name ?? null;
          judge(position, name, asString(value.arguments), reading);
        }
        for (const fact of reading.facts) if (fact.type === "response-end") tellFaults(wordsOfCut(fact));
      },
      end: () => tellFaults(""),
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
