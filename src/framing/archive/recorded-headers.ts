// Headers and status of a recorded response, in whatever shape a recorder writes them.
import { asIndex, asObject, asString } from "../../model/payload.ts";
import type { Headers } from "./archive.ts";

/**
 * Reads headers: an object of values or of lists of them (vcrpy, WireMock), a list of names and values in turn (nock), of pairs
 * (vcrpy of old), or of objects with name and value (HAR, httpmock).
 */
export function readHeaders(value: unknown): Headers {
  const headers = Array.isArray(value) ? pairsOf(value) : Object.entries(asObject(value) ?? {});
  return (name) => {
    const found = headers.find(([key]) => nameIn(key).toLowerCase() === name)?.[1];
    return asString(Array.isArray(found) ? found[0] : found);
  };
}

/** Of a name that Python wrote as an object with arguments (`!!python/object/apply:…istr [Content-Type]`), the argument. */
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

/** A status code: a number, a line that begins with one (`200 OK`), or an object that has it; null for anything else. */
export function readStatus(value: unknown): number | null {
  const { code, status_code: statusCode } = asObject(value) ?? {};
  const digits = /^\d{3}(?!\d)/.exec(asString(value) ?? "")?.[0];
  return asIndex(value) ?? asIndex(code) ?? asIndex(statusCode) ?? (digits === undefined ? null : Number(digits));
}

/** The reason phrase: beside the code, or behind it on a line. */
export function readStatusText(value: unknown): string {
  return asString(asObject(value)?.message) ?? asString(value)?.replace(/^\d+\s*/, "") ?? "";
}
