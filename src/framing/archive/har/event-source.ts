// The messages of an EventSource that Chrome's recorders keep in place of its body.
import { asString, type JsonObject } from "../../../model/payload.ts";
import type { InputPlace } from "../../lines.ts";
import type { BodyPiece } from "../compressed-body.ts";
import { readMessages } from "./recorded-messages.ts";

/** Where the data of a message is in the document: each of its lines; none if it is not known. */
export type LinesOfMessage = (message: number) => readonly InputPlace[];

/**
 * The messages as the stream that they came in, a piece each. Their keys are those of the protocol, their times in
 * seconds, of the clock of the request or another:
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
    // The fields before the data, and the blank line behind it, are ours.
    if (first !== undefined && last !== undefined) bodyLines.push(...fields.map(() => first), ...places, last);
    return { bytes: Buffer.from(`${fields.join("")}${lines.join("")}\n`), atMs };
  });
  return { pieces, bodyLines };
}

/** A line with a field; none where it says nothing, or what no line can hold. */
function fieldOf(name: string, value: unknown): readonly string[] {
  const text = asString(value);
  return text === null || text === "" || /[\r\n]/.test(text) ? [] : [`${name}: ${text}\n`];
}
