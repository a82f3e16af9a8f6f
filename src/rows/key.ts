// What makes a row the same row in every run, so that an engine that tries again replaces it.
import { createHash } from "node:crypto";
import type { Subject } from "./column.ts";

const HASH_DIGITS = 32;

/** A hash of what names the response: a capture has the same one in every run, a live request has its own. */
export function keyOf({ checked, report, index }: Subject): string {
  const { source, streamIndex } = checked;
  const named = [source, report?.request?.exchange ?? null, report?.startedAt ?? null, streamIndex, index];
  return createHash("sha256").update(JSON.stringify(named)).digest("hex").slice(0, HASH_DIGITS);
}
