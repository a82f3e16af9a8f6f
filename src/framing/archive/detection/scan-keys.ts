// Scans the first bytes of an input for keys, once for all formats that are known by keys.
import { scanJsonKeys } from "./json-keys.ts";
import type { KeyScan } from "./key-scan.ts";
import { beginsAsFlow, scanFlowKeys } from "./flow-keys.ts";
import { scanYamlKeys } from "./yaml-keys.ts";

/** No more than this is looked at of most inputs: the keys of signatures come before large values. */
export const FEW_BYTES = 64 * 1024;
/** No more than this is looked at where the keys of a signature have begun to come: a prompt may stand before the others. */
export const MANY_BYTES = 4 * 1024 ** 2;

/** Whether `head` is as much as is looked at. */
export function isAllOf(head: Uint8Array, complete: boolean, most: number): boolean {
  return complete || head.length >= most;
}

const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
const SPACE = 0x20;

/** What was seen of the bytes that are asked about: each format asks about the same ones, one after the other. */
const seen = new WeakMap<Uint8Array, { readonly complete: boolean; readonly most: number; readonly scan: KeyScan }>();

/** Scans the beginning of an input, `most` bytes of it. */
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

/** Whether the first byte from there on that is no space is of a word. */
function isWordAt(input: Uint8Array, from: number): boolean {
  const first = input.subarray(from).find((byte) => byte > SPACE);
  return first !== undefined && /\w/.test(String.fromCharCode(first));
}
