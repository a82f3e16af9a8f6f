// Replicate's stream of a prediction: the model's output as plain text, and the end as JSON.
// https://replicate.com/docs/topics/predictions/streaming
import type { Fact, Outcome, StreamError } from "../../model/facts.ts";
import { asString, type JsonObject, type Payload } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { readError } from "../reader/in-band-error.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { traits } from "./traits.ts";

export const replicate = {
  ...traits,
  // Any server can use this event name; only the ids are Replicate's.
  claims: ({ event, lastEventId }) => EVENTS.has(event) && ID.test(lastEventId),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** `ServerSentEvent.EventType` of Replicate's Python client; its documentation leaves out `logs`. */
const EVENTS: ReadonlySet<string> = new Set(["output", "logs", "error", "done"]);
/** Seconds since 1970, and a counter within that second: `1690212292:0`. */
const ID = /^\d{10}:\d+$/;

/** Why a prediction was done; a successful one has no reason. Any other reason is incomplete. */
const OUTCOMES = new Map<string | null, Outcome>([
  [null, "completed"],
  ["error", "failed"],
]);

/** A file that a model outputs, whole. */
const MEDIA = /^data:(image|audio)\/[\w.+-]{1,40};base64,/;

const OUTPUT = "output";
const LOGS = "logs";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  /** The progress of the current prediction. */
  let stage: "before" | "open" | "done" = "before";

  /**
   * No event marks a start: the first event starts a response, and so does output after an end. Other events then are
   * late.
   */
  function beginWith(event: string): void {
    if (stage === "open" || (stage === "done" && event !== OUTPUT)) return;
    writer.startResponse({ id: null, model: null, status: null, serviceTier: null });
    stage = "open";
  }

  function readOutput(text: string): void {
    const item = items.open(OUTPUT, "text", () => ({ id: null, type: "message", status: null }));
    const [beginning, kind] = MEDIA.exec(text) ?? [];
    if (beginning === undefined) return items.append(OUTPUT, text);
    const media = kind === "audio" ? "audio" : "image";
    const base64Length = text.length - beginning.length;
    writer.tell({ type: "media-delta", response: writer.response(), item, media, base64Length });
  }

  /** The log output of the model's program. */
  function readLogs(text: string): void {
    items.open(LOGS, "tool-output", () => ({ id: null, type: LOGS, status: null }));
    items.append(LOGS, text);
  }

  function readDone(value: JsonObject): void {
    items.endAll();
    const reason = asString(value.reason);
    finish(writer, OUTCOMES.get(reason) ?? "incomplete", reason);
    stage = "done";
  }

  function readEvent({ event, data }: WireEvent, payload: Payload): void {
    if (!EVENTS.has(event)) return writer.tell({ type: "unrecognized", name: event });
    beginWith(event);
    if (event === OUTPUT) readOutput(data);
    else if (event === LOGS) readLogs(data);
    else if (event === "error") writer.error(errorOf(data, payload));
    else if (payload.type === "object") readDone(payload.value);
    else writer.tell({ type: "unreadable", reason: payload.type === "broken-json" ? payload.reason : "not an object" });
  }

  return {
    read(event, payload): readonly Fact[] {
      readEvent(event, payload);
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}

/** `{"detail": "…"}`, or text, which clients throw as it is. */
function errorOf(data: string, payload: Payload): StreamError {
  if (payload.type !== "object") return { type: null, code: null, message: data };
  const error = readError(payload.value);
  return { ...error, message: asString(payload.value.detail) ?? error.message };
}
