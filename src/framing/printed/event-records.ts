// Stream events as JSON objects, one per line: a client's event in the form of `JSON.stringify`, or the `wire` format
// of this program.
import { asString } from "../../model/payload.ts";
import { type PrintedForm, objectIn } from "./form.ts";

/** The keys that such an object may have: the fields of an event, and the keys that browsers and clients add. */
const KEYS = new Set(
  (
    "data event id retry type lastEventId origin comment timeStamp isTrusted " +
    "time timestamp index line offset length raw"
  ).split(" "),
);

export const eventRecords: PrintedForm = {
  of: "content",
  instead:
    "events of a stream as JSON objects, in no known dialect: write their data to a file, for example with jq -r .data",
  read(text) {
    const record = objectIn(text.trimEnd());
    const data = asString(record?.["data"]);
    if (record === null || data === null || !isEventRecord(record)) return null;
    if (objectIn(data.trimEnd()) === null && data.trim() !== "[DONE]") return null;
    const name = asString(record["event"]) ?? asString(record["type"]) ?? "";
    const id = asString(record["id"]) ?? asString(record["lastEventId"]) ?? "";
    const fields = [
      ...fieldLines("id", id),
      ...fieldLines("event", name === "message" ? "" : name),
      ...data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`),
    ];
    return { shape: "", body: `${fields.join("")}\n`, evidence: "sure" };
  },
};

/** Whether the object has another event field besides its data, and no other keys. */
function isEventRecord(record: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(record);
  return keys.length > 1 && keys.every((key) => KEYS.has(key));
}

/** A line with a field; none if the value is empty or contains a line end. */
export function fieldLines(name: string, value: string): readonly string[] {
  return value === "" || /[\r\n]/.test(value) ? [] : [`${name}: ${value}\n`];
}
