// Any stream whose dialect is not known: events are counted by name and their data shown. Nothing can be said about
// its end, but for an error in plain sight.
import type { Fact } from "../../model/facts.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { traits } from "./traits.ts";

export const generic = {
  ...traits,
  claims: () => true,
  create: createReader,
  rules: [],
} as const satisfies Dialect;

function createReader(): DialectReader {
  const writer = createFactWriter();
  return {
    read(event, payload): readonly Fact[] {
      if (payload.type === "object" && isError(payload.value, event.event)) writer.error(readError(payload.value));
      else writer.tell({ type: "data-received", data: event.data });
      return writer.take();
    },
    sequenceNumber: () => null,
  };
}
