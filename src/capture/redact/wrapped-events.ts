// Events that hold another one in bytes, and whether those can be rewritten where they are.
import type { Dialect } from "../../dialects/dialect.ts";
import { allDialects } from "../../dialects/all-dialects.ts";
import { wrappedText } from "../../dialects/unwrap.ts";
import { UserError } from "../../errors.ts";
import { asObject, asString, type Payload } from "../../model/payload.ts";

const readers: ReadonlySet<string> = new Set(
  allDialects()
    .filter(({ readsWrappers: reads }: Dialect) => reads === true)
    .map(({ name }) => name),
);

/** Whether a dialect reads the events that wrap something themselves: what is in them is text, and no event. */
export function readsWrappers(dialect: string): boolean {
  return readers.has(dialect);
}

/** Whether what an event wraps, if it wraps anything, is in Base64: other spellings of bytes cannot take the same length. */
export function isRewritable(payload: Payload): boolean {
  const text = wrappedText(payload);
  if (text === null || payload.type !== "object") return true;
  const bytes = asString(payload.value.bytes ?? asObject(payload.value.chunk)?.bytes);
  return bytes !== null && (bytes !== text || !text.trimStart().startsWith("{"));
}

/** The error for one of which that is not so. */
export function notRewritable(): UserError {
  return new UserError(
    "a capture whose events are wrapped in `bytes` that are not in Base64 cannot be redacted",
    "redact the decoded events, one JSON object per line",
  );
}
