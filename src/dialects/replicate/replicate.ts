// Replicate's stream of a prediction: what the model puts out as plain text, an event for each piece, and how it ended as
// JSON. https://replicate.com/docs/topics/predictions/streaming
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
  // Any server can name an event so; the ids are Replicate's.
  claims: ({ event, lastEventId }) => EVENTS.has(event) && ID.test(lastEventId),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** `ServerSentEvent.EventType` of Replicate's Python client; its documentation leaves out `logs`. */
const EVENTS: ReadonlySet<string> = new Set(["output", "logs", "error", "done"]);
/** Seconds since 1970, and a number among those of one second: `1690212292:0`. */
const ID = /^\d{10}:\d+$/;

/** Why a prediction was done; nothing is said of one that succeeded. Any other reason is incomplete. */
const OUTCOMES = new Map<string | null, Outcome>([
  [null, "completed"],
  ["error", "failed"],
]);

/** A file that a model puts out, whole. */
const MEDIA = /^data:(image|audio)\/[\w.+-]{1,40};base64,/;

const OUTPUT = "output";
const LOGS = "logs";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  /** How far the prediction in hand has come. */
  let stage: "before" | "open" | "done" = "before";

  /** No event begins a response: the first one does, and output after the end. Whatever else comes then is late. */
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

  /** What the model's program prints. */
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

/** `{"detail": "…"}`, or text: clients throw the data as it is. */
function errorOf(data: string, payload: Payload): StreamError {
  if (payload.type !== "object") return { type: null, code: null, message: data };
  const error = readError(payload.value);
  return { ...error, message: asString(payload.value.detail) ?? error.message };
}
