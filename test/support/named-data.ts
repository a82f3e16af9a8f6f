// An event before it has a place in a stream.
import type { WireEvent } from "../../src/model/wire.ts";

export interface NamedData {
  readonly event: string;
  readonly data: string;
  /** The last event id of the stream. */
  readonly id?: string;
}

/** An event without an event type. */
export function unnamed(payload: unknown): NamedData {
  return { event: "message", data: JSON.stringify(payload) };
}

export function wireEvent({ event, data, id = "" }: NamedData, index = 0): WireEvent {
  return { type: "event", event, data, lastEventId: id, index, line: index + 1, offset: 0, length: 0 };
}

/** The events of a stream, read in the simplest way; in SSE, including a last one without a blank line. */
export function eventsOf(bytes: Uint8Array, isSse: boolean): NamedData[] {
  const input = Buffer.from(bytes)
    .toString("utf8")
    .replace(/^\ufeff/, "");
  if (/^[0-9a-k]:["{[]/.test(input)) {
    // The lines of AI SDK 4: a code, which is the event type, and JSON.
    const lines = input.split("\n").filter((line) => line !== "");
    return lines.map((line) => ({ event: line.slice(0, 1), data: line.slice(2) }));
  }
  if (!isSse) {
    const lines = input.split("\n").filter((line) => line.trim() !== "");
    return lines.map((data) => ({ event: "message", data }));
  }
  let id = "";
  return input.split(/(?:\r\n|\r|\n){2,}/).flatMap((block) => {
    const lines = block.split(/\r\n|\r|\n/);
    const valuesOf = (field: string) =>
      lines
        .filter((line) => line.startsWith(`${field}:`))
        .map((line) => line.slice(field.length + 1).replace(/^ /, ""));
    id = valuesOf("id").at(-1) ?? id;
    const data = valuesOf("data");
    return data.length === 0 ? [] : [{ event: valuesOf("event").at(-1) ?? "message", data: data.join("\n"), id }];
  });
}
