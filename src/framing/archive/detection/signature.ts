// Detection of a recorder's file by its keys, in whatever order they come.
import type { KeyScan } from "./key-scan.ts";
import { FEW_BYTES, isAllOf, MANY_BYTES, scanKeys } from "./scan-keys.ts";

/** The keys by which a format is known. */
export interface Signature {
  readonly syntax: "object" | "array" | "yaml";
  /** The key paths that must all be there; of a list, one. `[]` is an element of a list. */
  readonly paths: readonly (string | readonly string[])[];
  /** A key path that may not be there; left out if there is none. */
  readonly without?: string;
  /**
   * The only keys that may be at the top, of an array those of its elements; left out if any may. YAML needs them, for other text
   * has lines that look like keys, and arrays, which may be streams that have just begun.
   */
  readonly topKeys?: readonly string[];
}

/**
 * Judges the beginning of an input by signatures, one of which must fit: true or false, or null where more bytes are needed.
 * A JSON object that something follows is one of many, such as the lines of a log, and no recorder's file.
 */
export function fitsSignature(signatures: readonly Signature[], head: Uint8Array, complete: boolean): boolean | null {
  const scan = scanKeys(head, complete, FEW_BYTES);
  const isAll = isAllOf(head, complete, FEW_BYTES);
  const answers = new Set(signatures.map((signature) => judge(signature, scan, isAll)));
  if (answers.has(true)) return true;
  if (answers.has(null)) return null;
  if (head.length < FEW_BYTES) return false;
  const begun = signatures.filter((signature) => hasBegun(signature, scan));
  return begun.length === 0 ? false : fitsFurtherDown(begun, head, complete);
}

/** The keys that came may be the first ones of a file that goes on behind a large value. */
function hasBegun(signature: Signature, scan: KeyScan): boolean {
  const { syntax, paths, without } = signature;
  if (scan.syntax !== syntax || scan.isClosed || !mayHaveKeys(signature, scan)) return false;
  if (without !== undefined && scan.paths.has(without)) return false;
  if (syntax !== "yaml" && signature.topKeys !== undefined && scan.topKeys.size > 0) return true;
  return [...scan.paths].some((seen) => seen !== "[]" && paths.flat().some((path) => isOnTheWay(seen, path)));
}

function isOnTheWay(seen: string, path: string): boolean {
  return path.startsWith(seen) && /^(?:$|\.|\[)/.test(path.slice(seen.length));
}

/** As above, of many bytes. It is said at the end of the object, so that it does not depend on how much came at once. */
function fitsFurtherDown(signatures: readonly Signature[], head: Uint8Array, complete: boolean): boolean | null {
  const scan = scanKeys(head, complete, MANY_BYTES);
  const isAll = scan.isClosed || isAllOf(head, complete, MANY_BYTES);
  const possible = signatures.filter((signature) => judge(signature, { ...scan, isFollowed: false }, true) === true);
  if (isAll) return possible.length > 0;
  return signatures.some((signature) => hasBegun(signature, scan)) ? null : false;
}

function judge(signature: Signature, scan: KeyScan, isAll: boolean): boolean | null {
  const { syntax, without } = signature;
  if (scan.syntax !== syntax || (without !== undefined && scan.paths.has(without))) return false;
  const fits = signature.paths.every((path) =>
    typeof path === "string" ? scan.paths.has(path) : path.some((other) => scan.paths.has(other)),
  );
  switch (syntax) {
    case "yaml":
      if (!mayHaveKeys(signature, scan)) return false;
      // A line further down may be none of such a file: what is said must not depend on how much came at once.
      return isAll ? fits : null;
    case "array":
      if (!fits && !mayHaveKeys(signature, scan)) return false;
      return scan.isClosed || isAll ? fits : null;
    case "object":
      // A line of JSON may be one of many. What follows it shows that.
      if (!mayHaveKeys(signature, scan) || scan.isFollowed || (scan.isClosed && !fits)) return false;
      return isAll ? fits : null;
  }
}

function mayHaveKeys({ topKeys }: Signature, { topKeys: found, cutLine }: KeyScan): boolean {
  if (topKeys === undefined) return true;
  if ([...found].some((key) => !topKeys.includes(key))) return false;
  return cutLine === undefined || cutLine === null || topKeys.some((key) => mayBecomeKey(cutLine, key));
}

/** Whether the beginning of a line may be that of a key at the top, or of anything below it. */
function mayBecomeKey(line: string, key: string): boolean {
  if (/^(?:\s|#|%|-)/.test(line)) return true;
  return `${key}:`.startsWith(line) || line.startsWith(`${key}:`);
}
