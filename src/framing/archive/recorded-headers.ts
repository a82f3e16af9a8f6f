// Headers and status of a recorded response, in any recorder's form.
import { asIndex, asObject, asString } from "../../model/payload.ts";
import type { Headers } from "./archive.ts";

/**
 * Reads headers: an object of values or of lists of values (vcrpy, WireMock); or a list of alternating names and values
 * (nock), of pairs (old vcrpy), or of objects with name and value (HAR, httpmock).
 */
export function readHeaders(value: unknown): Headers {
  const headers = Array.isArray(value) ? pairsOf(value) : Object.entries(asObject(value) ?? {});
  return (name) => {
    const found = headers.find(([key]) => nameIn(key).toLowerCase() === name)?.[1];
    return asString(Array.isArray(found) ? found[0] : found);
  };
}

/** If Python wrote a name as an object with arguments (`!!python/object/apply:…istr [Content-Type]`), its argument. */
function nameIn(key: string): string {
  return /^\[ ?(?<name>[\w-]+) ?\]$/.exec(key)?.groups?.name ?? key;
}

type Pair = readonly [string, unknown];

function pairsOf(list: readonly unknown[]): readonly Pair[] {
  if (typeof list[0] === "string") {
    return list.flatMap((name, index): Pair[] => (index % 2 === 0 ? [[asString(name) ?? "", list[index + 1]]] : []));
  }
  return list.map((item): Pair => {
    const [name, value] = Array.isArray(item) ? (item as unknown[]) : [asObject(item)?.name, asObject(item)?.value];
    return [asString(name) ?? "", value];
  });
}

/** A status code: a number, a line that starts with one (`200 OK`), or an object with it; null for anything else. */
export function readStatus(value: unknown): number | null {
  const { code, status_code: statusCode } = asObject(value) ?? {};
  const digits = /^\d{3}(?!\d)/.exec(asString(value) ?? "")?.[0];
  return asIndex(value) ?? asIndex(code) ?? asIndex(statusCode) ?? (digits === undefined ? null : Number(digits));
}

/** The reason phrase: beside the code, or after it on the line. */
export function readStatusText(value: unknown): string {
  return asString(asObject(value)?.message) ?? asString(value)?.replace(/^\d+\s*/, "") ?? "";
}
