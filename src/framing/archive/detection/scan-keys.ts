// Scans the first bytes of an input for keys, once for all formats that are detected by keys.
import { scanJsonKeys } from "./json-keys.ts";
import type { KeyScan } from "./key-scan.ts";
import { beginsAsFlow, scanFlowKeys } from "./flow-keys.ts";
import { scanYamlKeys } from "./yaml-keys.ts";

/** Bytes looked at for most inputs: the keys of signatures come before large values. */
export const FEW_BYTES = 64 * 1024;
/** Bytes looked at once some keys of a signature have come: a prompt may be before the others. */
export const MANY_BYTES = 4 * 1024 ** 2;

/** Whether `head` has all bytes that are looked at. */
export function isAllOf(head: Uint8Array, complete: boolean, most: number): boolean {
  return complete || head.length >= most;
}

const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
const SPACE = 0x20;

/** The last scan, kept because each format asks about the same bytes in turn. */
const seen = new WeakMap<Uint8Array, { readonly complete: boolean; readonly most: number; readonly scan: KeyScan }>();

/** Scans the first `most` bytes of an input. */
export function scanKeys(head: Uint8Array, complete: boolean, most: number): KeyScan {
  const known = seen.get(head);
  if (known?.complete === complete && known.most === most) return known.scan;
  const scan = scanBeginning(head.subarray(0, most), isAllOf(head, complete, most));
  seen.set(head, { complete, most, scan });
  return scan;
}

function scanBeginning(input: Uint8Array, isAll: boolean): KeyScan {
  const start = input.findIndex((byte) => byte > SPACE);
  const text = () => Buffer.from(input.buffer, input.byteOffset, input.length).toString("latin1");
  if (input[start] === OPENING_BRACE && isWordAt(input, start + 1) && beginsAsFlow(text())) return scanFlowKeys(text());
  if (input[start] === OPENING_BRACE || input[start] === OPENING_BRACKET) return scanJsonKeys(input, start);
  return scanYamlKeys(text(), isAll);
}

/** Whether the next byte that is not a space belongs to a word. */
function isWordAt(input: Uint8Array, from: number): boolean {
  const first = input.subarray(from).find((byte) => byte > SPACE);
  return first !== undefined && /\w/.test(String.fromCharCode(first));
}
