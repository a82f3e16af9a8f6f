// Detection of a recorder's file by its keys, in whatever order they come.
import type { KeyScan } from "./key-scan.ts";
import { isAllOf, scanKeys } from "./scan-keys.ts";

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
  const scan = scanKeys(head, complete);
  const isAll = isAllOf(head, complete);
  const answers = new Set(signatures.map((signature) => judge(signature, scan, isAll)));
  if (answers.has(true)) return true;
  return answers.has(null) ? null : false;
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
