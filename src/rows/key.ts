// Makes the key that identifies a row in every run, so that an engine that retries replaces it.
import { createHash } from "node:crypto";
import type { Subject } from "./column.ts";

const HASH_DIGITS = 32;

/** A hash that identifies the response: the same in every run of a capture, unique for a live request. */
export function keyOf({ checked, report, index }: Subject): string {
  const { source, streamIndex } = checked;
  const named = [source, report?.request?.exchange ?? null, report?.startedAt ?? null, streamIndex, index];
  return createHash("sha256").update(JSON.stringify(named)).digest("hex").slice(0, HASH_DIGITS);
}
