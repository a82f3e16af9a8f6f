// Any stream whose dialect is not known: events are counted by name and their data shown. Nothing can be said about
// its end, but data that is damaged, or that reports an error, is in plain sight.
import type { Payload } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { readError } from "../reader/in-band-error.ts";
import { hasErrorWords } from "./error-words.ts";
import { traits } from "./traits.ts";

export const generic = {
  ...traits,
  claims: () => true,
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** The field of a second frame, within the data of the first. */
const FIELD = /^(?:data|event|id|retry):/;

function createReader(): DialectReader {
  const writer = createFactWriter();
  return {
    read(event, payload) {
      const reason = reasonOf(event.data, payload);
      if (payload.type === "object" && hasErrorWords(payload.value, event.event)) {
        writer.error(readError(payload.value));
      } else if (payload.type === "done-sentinel") writer.tell({ type: "done-sentinel" });
      else if (reason !== null) writer.tell({ type: "unreadable", reason });
      else writer.tell({ type: "data-received", data: event.data });
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}

/** What is wrong with data in any protocol; null: nothing. */
function reasonOf(data: string, payload: Payload): string | null {
  if (payload.type === "broken-json") return payload.reason;
  const field = payload.type === "text" ? FIELD.exec(data)?.[0] : undefined;
  return field === undefined ? null : `it begins with another ${field}`;
}
