// Decides whether events that wrap another one in bytes can be rewritten in place.
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

/** Whether a dialect reads the wrapping events themselves: then the wrapped value is text, not an event. */
export function readsWrappers(dialect: string): boolean {
  return readers.has(dialect);
}

/** Whether an event wraps nothing, or wraps Base64. Other encodings of bytes cannot keep their length. */
export function isRewritable(payload: Payload): boolean {
  const text = wrappedText(payload);
  if (text === null || payload.type !== "object") return true;
  const bytes = asString(payload.value.bytes ?? asObject(payload.value.chunk)?.bytes);
  return bytes !== null && (bytes !== text || !text.trimStart().startsWith("{"));
}

/** The error for an event that is not rewritable. */
export function notRewritable(): UserError {
  return new UserError(
    "a capture whose events are wrapped in `bytes` that are not Base64 cannot be redacted",
    "redact the decoded events, one JSON object per line",
  );
}
