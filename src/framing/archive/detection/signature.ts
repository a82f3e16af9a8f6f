// Detects a recorder's file by its keys, in any order.
import type { KeyScan } from "./key-scan.ts";
import { FEW_BYTES, isAllOf, MANY_BYTES, scanKeys } from "./scan-keys.ts";

/** The keys by which a format is detected. */
export interface Signature {
  readonly syntax: "object" | "array" | "yaml";
  /** Key paths that must all be present; for a list, one of its paths. `[]` is an element of a list. */
  readonly paths: readonly (string | readonly string[])[];
  /** A key path that must be absent; left out if there is none. */
  readonly without?: string;
  /**
   * The only allowed top-level keys, for an array those of its elements; left out if any key is allowed. Required for
   * YAML, because other text has lines that look like keys, and for arrays, which may be the start of a stream.
   */
  readonly topKeys?: readonly string[];
}

/**
 * Whether the start of an input matches one of the signatures; null if more bytes are needed. A JSON object that is
 * followed by data is one of many, such as the lines of a log, and not a recorder's file.
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

/** The keys so far may be the first ones of a file with a large value in between. */
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

/** As above, for many bytes. Decides at the end of the object, so that the result does not depend on chunk sizes. */
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
      // A later line may show that it is not such a file: the result must not depend on chunk sizes.
      return isAll ? fits : null;
    case "array":
      if (!fits && !mayHaveKeys(signature, scan)) return false;
      return scan.isClosed || isAll ? fits : null;
    case "object":
      // A line of JSON may be one of many: the next bytes show that.
      if (!mayHaveKeys(signature, scan) || scan.isFollowed || (scan.isClosed && !fits)) return false;
      return isAll ? fits : null;
  }
}

function mayHaveKeys({ topKeys }: Signature, { topKeys: found, cutLine }: KeyScan): boolean {
  if (topKeys === undefined) return true;
  if ([...found].some((key) => !topKeys.includes(key))) return false;
  return cutLine === undefined || cutLine === null || topKeys.some((key) => mayBecomeKey(cutLine, key));
}

/** Whether the start of a line may be a top-level key, or anything below it. */
function mayBecomeKey(line: string, key: string): boolean {
  if (/^(?:\s|#|%|-)/.test(line)) return true;
  return `${key}:`.startsWith(line) || line.startsWith(`${key}:`);
}
