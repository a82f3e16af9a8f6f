// Scans the first bytes of an input for keys, once for all formats that are known by keys.
import { scanJsonKeys } from "./json-keys.ts";
import type { KeyScan } from "./key-scan.ts";
import { scanYamlKeys } from "./yaml-keys.ts";

/** No more than this is looked at: the keys of signatures come before large values. */
const DETECTION_BYTES = 64 * 1024;

/** Whether `head` is as much as is looked at. */
export function isAllOf(head: Uint8Array, complete: boolean): boolean {
  return complete || head.length >= DETECTION_BYTES;
}

const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
const SPACE = 0x20;

/** What was seen of the bytes that are asked about: each format asks about the same ones, one after the other. */
const seen = new WeakMap<Uint8Array, { readonly complete: boolean; readonly scan: KeyScan }>();

/** Scans the beginning of an input. */
export function scanKeys(head: Uint8Array, complete: boolean): KeyScan {
  const known = seen.get(head);
  if (known?.complete === complete) return known.scan;
  const scan = scanBeginning(head.subarray(0, DETECTION_BYTES), isAllOf(head, complete));
  seen.set(head, { complete, scan });
  return scan;
}

function scanBeginning(input: Uint8Array, isAll: boolean): KeyScan {
  const start = input.findIndex((byte) => byte > SPACE);
  if (input[start] === OPENING_BRACE || input[start] === OPENING_BRACKET) return scanJsonKeys(input, start);
  return scanYamlKeys(Buffer.from(input.buffer, input.byteOffset, input.length).toString("latin1"), isAll);
}
