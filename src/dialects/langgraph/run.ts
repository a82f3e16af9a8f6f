// A run of a graph as one response: the model's messages are its items, and their tokens are added up.
import type { Outcome } from "../../model/facts.ts";
import { asId, asIndex, asObject, type JsonObject } from "../../model/payload.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import { createGrowingTexts } from "../reader/growing-texts.ts";
import { statedIfLost } from "../reader/stated-text.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { sumOf, usageOf } from "../reader/usage.ts";
import { callsOf, isChunk, outcomeOf, reasonOf, textsOf } from "./messages.ts";

export interface Run {
  /** Reads a chunk of a message: its new part. */
  chunk(message: JsonObject): void;
  /** Reads the whole message so far. */
  soFar(message: JsonObject): void;
  /** Reads a whole message; text that was streamed before is not read again. */
  whole(message: JsonObject): void;
  /** Reads a text outside of messages: the output of a chain. */
  text(text: string): void;
  /** Notes the id of the run, before any part of its answer comes. */
  name(id: string | null): void;
  begin(): void;
  end(outcome: Outcome, status: string | null): void;
  readonly isOpen: boolean;
  /** Whether it was ever open. */
  readonly hasBegun: boolean;
}

/** Messages that are remembered, so that each is read once. */
const MOST_MESSAGES = 10_000;
const UNNAMED = "";
/** Characters of a text that are compared with the text repeated at its end. */
const MOST_COMPARED = 2 ** 20;

type Counts = Readonly<Record<"input" | "cachedInput" | "output" | "reasoning" | "total", number | null>>;

export function createRun(writer: FactWriter): Run {
  const items = createStreamedItems(writer);
  let isOpen = false;
  let hasBegun = false;
  let runId: string | null = null;
  const seen = new Set<string>();
  /** Of these, the messages whose calls were read. */
  const callsCame = new Set<string>();
  /** The last message that ended the run: its tokens may come after it. */
  let lastId: string | null = null;
  let growing = createGrowingTexts({ known: "whole" });
  /** The streamed text of the current message. */
  let streamed = { id: "", text: "" };
  /** By message. Chunks are added up, as LangChain does. */
  let counts = new Map<string, Counts>();

  function begin(): void {
    if (isOpen) return;
    isOpen = true;
    hasBegun = true;
    growing = createGrowingTexts({ known: "whole" });
    counts = new Map();
    writer.startResponse({ id: runId, model: null, status: null, serviceTier: null });
  }

  function append(id: string, kind: "text" | "reasoning", text: string): void {
    if (text === "") return;
    begin();
    const key = `${kind}/${id}`;
    const type = kind === "text" ? "message" : "reasoning";
    if (kind === "text") items.end(`reasoning/${id}`);
    items.open(key, kind, () => ({ id: kind === "text" ? id || null : null, type, status: null }));
    items.append(key, text);
    if (kind === "text") {
      const before = streamed.id === id ? streamed.text : "";
      streamed = { id, text: before.length > MOST_COMPARED ? before : before + text };
    }
  }

  /** A whole message has all of its text, even if a chunk was lost. */
  function endText(message: JsonObject, id: string): void {
    if (streamed.id !== id || id === UNNAMED || streamed.text.length > MOST_COMPARED) return;
    const stated = statedIfLost(streamed.text, textsOf(message).text);
    if (stated !== null) items.endText(`text/${id}`, stated);
  }

  function readCalls(message: JsonObject, id: string): void {
    for (const call of callsOf(message)) {
      if (callsCame.size < MOST_MESSAGES) callsCame.add(id);
      begin();
      const key = `call/${id}/${call.key}`;
      const { name } = call;
      const snapshot = { id: null, type: "tool_call", status: null, ...(name !== null && { name }) };
      items.open(key, "tool-input", () => ({ ...snapshot, ...(call.id !== null && { callId: call.id }) }));
      if (call.isWhole) items.end(key, {}, [{ kind: "tool-input", part: 0, text: call.input }]);
      else items.append(key, call.input);
    }
  }

  function readUsage(message: JsonObject, id: string, isAdded: boolean): void {
    const usage = asObject(message.usage_metadata);
    if (usage === null || (!isOpen && id !== lastId)) return;
    const known = isAdded ? counts.get(id) : undefined;
    const details = asObject(usage.input_token_details);
    const now: Counts = {
      input: sumOf(known?.input, asIndex(usage.input_tokens)),
      cachedInput: sumOf(known?.cachedInput, asIndex(details?.cache_read)),
      output: sumOf(known?.output, asIndex(usage.output_tokens)),
      reasoning: sumOf(known?.reasoning, asIndex(asObject(usage.output_token_details)?.reasoning)),
      total: sumOf(known?.total, asIndex(usage.total_tokens)),
    };
    if (counts.has(id) || counts.size < MOST_MESSAGES) counts.set(id, now);
    const all = [...counts.values()];
    const sum = (of: keyof Counts) => sumOf(...all.map((each) => each[of]));
    const total = { input: sum("input"), cachedInput: sum("cachedInput"), output: sum("output") };
    writer.usage(usageOf({ ...total, reasoning: sum("reasoning"), total: sum("total") }, usage));
  }

  function end(outcome: Outcome, status: string | null): void {
    if (!isOpen) return;
    items.endAll();
    writer.endResponse(outcome, status, outcome === "completed" ? null : status);
    isOpen = false;
  }

  /** The model's own end is the end of the run, unless it calls a tool; anything after it is another answer. */
  function readEnd(message: JsonObject, id: string, isLast: boolean): void {
    const reason = reasonOf(message);
    const hasCalls = callsOf(message).length > 0;
    const outcome = reason === null ? (isLast && !hasCalls ? "completed" : null) : outcomeOf(reason);
    if (outcome === null || hasCalls) return;
    lastId = id;
    end(outcome, reason);
  }

  function see(id: string): void {
    if (seen.size < MOST_MESSAGES) seen.add(id);
  }

  return {
    name(id) {
      runId = id ?? runId;
    },
    begin,
    end,
    get isOpen() {
      return isOpen;
    },
    get hasBegun() {
      return hasBegun;
    },
    text: (text) => append(UNNAMED, "text", text),
    chunk(message) {
      const id = asId(message.id) ?? UNNAMED;
      see(id);
      const { text, reasoning } = textsOf(message);
      append(id, "reasoning", reasoning);
      append(id, "text", text);
      readCalls(message, id);
      readUsage(message, id, true);
      readEnd(message, id, message.chunk_position === "last" || !isChunk(message));
    },
    soFar(message) {
      const id = asId(message.id) ?? UNNAMED;
      see(id);
      const { text, reasoning } = textsOf(message);
      if (text !== "" || reasoning !== "") begin();
      append(id, "reasoning", growing.added(`reasoning/${id}`, reasoning));
      append(id, "text", growing.added(`text/${id}`, text));
      readUsage(message, id, false);
    },
    whole(message) {
      const id = asId(message.id) ?? UNNAMED;
      const isNew = id === UNNAMED || !seen.has(id);
      see(id);
      if (isNew) {
        begin();
        const { text, reasoning } = textsOf(message);
        append(id, "reasoning", reasoning);
        append(id, "text", text);
      } else endText(message, id);
      if (isNew || !counts.has(id)) readUsage(message, id, false);
      if (!isOpen) return;
      if (isNew || !callsCame.has(id)) readCalls(message, id);
      readEnd(message, id, true);
    },
  };
}
