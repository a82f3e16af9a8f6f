// Any stream of an unknown protocol: counts events by name and shows their data. Reports faults that show in any
// protocol: damage, error words, and a run without an end.
import { asObject, asString, type JsonObject, type Payload } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { readError, textError } from "../reader/in-band-error.ts";
import { hasErrorWords, isNameOfError } from "./error-words.ts";
import { hasFailed, markOf, namesOf } from "./lifecycle.ts";
import { traits } from "./traits.ts";

export const generic = {
  ...traits,
  claims: () => true,
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** The field of a second SSE frame, within the data of the first. */
const FIELD = /^(?:data|event|id|retry):/;
/** How Python prints a dict, bytes, or an object: `{'id': …`, `b'data: …`, `ChatCompletionChunk(id=…`. */
const PYTHON = /^(?:[{[]+'|b['"]|[A-Za-z_][\w.]*\([a-z_]\w*=)/;

function createReader(): DialectReader {
  const writer = createFactWriter();
  /** The name of the current run; null before one begins. Runs within it are not followed. */
  let running: string | null = null;

  /** Follows the current run from its start to its end. */
  function follow(value: JsonObject, eventName: string): void {
    const mark = markOf(namesOf(value, eventName));
    if (mark === null) return;
    if (mark.isStart && running === null) {
      running = mark.subject;
      writer.startResponse({ id: null, model: null, status: null, serviceTier: null });
    } else if (!mark.isStart && running !== null && (mark.subject === running || mark.subject === "")) {
      running = null;
      if (hasFailed(value)) writer.error(readError(asObject(value.data) ?? value));
      writer.endResponse(hasFailed(value) ? "failed" : "completed", asString(value.status), null);
    }
  }

  return {
    read(event, payload) {
      const reason = reasonOf(event.data, payload);
      const words = isNameOfError(event.event) ? textError(event.data, payload) : null;
      if (words !== null) writer.error(words);
      else if (payload.type === "object" && hasErrorWords(payload.value, event.event)) {
        writer.error(readError(payload.value));
      } else if (payload.type === "done-sentinel") writer.tell({ type: "done-sentinel" });
      else if (reason !== null) writer.tell({ type: "unreadable", reason });
      else writer.tell({ type: "data-received", data: event.data });
      if (payload.type === "object") follow(payload.value, event.event);
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}

/** The fault of data in any protocol; null if there is none. */
function reasonOf(data: string, payload: Payload): string | null {
  if (payload.type !== "broken-json" && payload.type !== "text") return null;
  if (PYTHON.test(data)) return "it is a Python repr, not JSON; print the object with json.dumps or model_dump_json";
  if (payload.type === "broken-json") return payload.reason;
  const field = FIELD.exec(data)?.[0];
  return field === undefined ? null : `it begins with another ${field}`;
}
