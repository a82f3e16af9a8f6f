// The output of `codex exec --json` (OpenAI's Codex): a line for each event of a thread. A turn is a response.
// https://developers.openai.com/codex/noninteractive, codex-rs/exec/src/exec_events.rs in
// https://github.com/openai/codex
import { jsonText } from "../../model/json-text.ts";
import { asId, asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type WholeText } from "../reader/fact-writer.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";
import { readObjects } from "../reader/read-objects.ts";
import { usageOf } from "../reader/usage.ts";
import { snapshotOf, textsOf } from "./items.ts";
import { traits } from "./traits.ts";

export const codex = {
  ...traits,
  claims: (event, payload) => event.event === "message" && payload.type === "object" && isOwn(payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

const ITEM = /^item\.(?:started|updated|completed)$/;

function isOwn({ type, thread_id: thread, usage, item, error }: JsonObject): boolean {
  if (type === "thread.started") return asString(thread) !== null;
  if (type === "turn.completed") return asIndex(asObject(usage)?.input_tokens) !== null;
  if (type === "turn.failed") return asString(asObject(error)?.message) !== null;
  const { id, type: itemType } = asObject(item) ?? {};
  return ITEM.test(asString(type) ?? "") && asString(id) !== null && asString(itemType) !== null;
}

/** Limits open items; a hostile stream could start one with every event. */
const MOST_UNFINISHED = 1000;

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createKeyedItems(writer, { endsTexts: true });
  let isOpen = false;
  /** The texts of items that are not completed: a command may still run at the end of the turn. */
  const unfinished = new Map<string, readonly WholeText[]>();
  /** The last error, until another event comes; null if it had no message. */
  let notice: { readonly message: string | null } | null = null;
  let thread: string | null = null;
  /** The plan whose text came in fragments. */
  let planned: string | null = null;

  function begin(): void {
    if (isOpen) return;
    isOpen = true;
    writer.startResponse({ id: thread, model: null, status: null, serviceTier: null });
  }

  function readItem(item: JsonObject, isDone: boolean): void {
    begin();
    const key = asString(item.id) ?? "";
    const place = items.open(key, () => snapshotOf(item));
    if (!isDone) {
      const texts = textsOf(item);
      if (texts.length > 0 && planned !== key && unfinished.size < MOST_UNFINISHED) unfinished.set(key, texts);
      return;
    }
    unfinished.delete(key);
    // Only plans come in fragments here, and nothing is late.
    if (planned !== key) for (const { kind, part, text } of textsOf(item)) writer.delta(kind, place, part, text);
    items.end(key, snapshotOf(item));
  }

  function tellUnfinished(): void {
    for (const [key, texts] of unfinished) {
      const place = items.find(key);
      if (place === null) continue;
      for (const { kind, part, text } of texts) writer.delta(kind, place, part, text);
      items.end(key);
    }
    unfinished.clear();
  }

  function readPlan(key: string, delta: string): void {
    begin();
    planned = key;
    const place = items.open(key, () => ({ id: key, type: "plan", status: null }));
    if (delta !== "") writer.delta("text", place, 0, delta);
  }

  /** The agent's questions to its user. */
  function readQuestions(value: JsonObject): void {
    begin();
    const callId = asString(value.call_id);
    const place = items.open("questions", () => ({
      id: null,
      type: "request_user_input",
      status: null,
      ...(callId !== null && { callId }),
    }));
    if (Array.isArray(value.questions)) writer.delta("tool-input", place, 0, jsonText(value.questions));
    items.end("questions");
  }

  /**
   * Reports an error after which Codex may retry ("Reconnecting... 1/5") as an item. If it does not retry, the turn
   * fails and repeats the error.
   */
  function readNotice(message: string | null): void {
    begin();
    const snapshot = { id: null, type: "error", status: null, ...(message !== null && { detail: message }) };
    items.open("notice", () => snapshot);
    items.end("notice");
  }

  function readEnd(value: JsonObject, hasFailed: boolean): void {
    begin();
    tellUnfinished();
    items.endAll();
    const usage = asObject(value.usage);
    if (usage !== null) {
      const counts = {
        input: asIndex(usage.input_tokens),
        cachedInput: asIndex(usage.cached_input_tokens),
        output: asIndex(usage.output_tokens),
        reasoning: asIndex(usage.reasoning_output_tokens),
      };
      writer.usage(usageOf(counts, usage));
    }
    if (hasFailed) writer.error({ type: null, code: null, message: asString(asObject(value.error)?.message) });
    writer.endResponse(hasFailed ? "failed" : "completed", hasFailed ? "failed" : "completed", null);
    isOpen = false;
  }

  return {
    read: readObjects(writer, (value) => {
      const type = asString(value.type);
      notice = type === "error" ? { message: asString(value.message) } : null;
      if (type === "thread.started") thread = asId(value.thread_id);
      else if (type === "turn.started") begin();
      else if (type === "turn.completed" || type === "turn.failed") readEnd(value, type === "turn.failed");
      else if (type === "item.plan.delta") readPlan(asString(value.item_id) ?? "", asString(value.delta) ?? "");
      else if (type === "request_user_input") readQuestions(value);
      else if (type === "error") readNotice(asString(value.message));
      else if (type !== null && ITEM.test(type)) readItem(asObject(value.item) ?? {}, type === "item.completed");
      else writer.tell({ type: "unrecognized", name: type });
    }),
    finish() {
      if (isOpen) tellUnfinished();
      // There was no retry.
      if (isOpen && notice !== null) writer.error({ type: null, code: null, message: notice.message });
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}
