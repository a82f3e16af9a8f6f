// The messages of an EventSource that Chrome-based recorders keep in place of its body.
import { asString, type JsonObject } from "../../../model/payload.ts";
import type { InputPlace } from "../../lines.ts";
import type { BodyPiece } from "../compressed-body.ts";
import { readMessages } from "./recorded-messages.ts";

/** Where each line of a message's data is in the document; none if unknown. */
export type LinesOfMessage = (message: number) => readonly InputPlace[];

/**
 * The messages as the original stream, one chunk each. Their keys are the protocol's, and their times are in seconds,
 * of the request's clock or another one:
 * https://chromedevtools.github.io/devtools-protocol/tot/Network/#event-eventSourceMessageReceived
 */
export function readEventSource(
  entry: JsonObject,
  requestMs: number,
  headMs: number | null,
  linesOf: LinesOfMessage,
): { readonly pieces: readonly BodyPiece[]; readonly bodyLines: readonly InputPlace[] } {
  const messages = readMessages(entry._eventSourceMessages, requestMs, headMs);
  const bodyLines: InputPlace[] = [];
  const pieces = messages.map(({ message: { data, eventId, eventName }, index, atMs }) => {
    const fields = [...fieldOf("id", eventId), ...fieldOf("event", eventName)];
    const lines = (asString(data) ?? "").split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
    const places = linesOf(index);
    const [first] = places;
    const last = places.at(-1);
    // The fields before the data, and the blank line after it, are added here.
    if (first !== undefined && last !== undefined) bodyLines.push(...fields.map(() => first), ...places, last);
    return { bytes: Buffer.from(`${fields.join("")}${lines.join("")}\n`), atMs };
  });
  return { pieces, bodyLines };
}

/** A line with a field; none if its value is empty or cannot be on a line. */
function fieldOf(name: string, value: unknown): readonly string[] {
  const text = asString(value);
  return text === null || text === "" || /[\r\n]/.test(text) ? [] : [`${name}: ${text}\n`];
}
