// Recognises output of ssescope by its start: reports, records of check, rows and statistics name their schema first.

const SCHEMA = /^\s*\{\s*"schema"\s*:\s*"(ssescope\/([a-z-]+)@\d+)"/;
/** What `ssescope stats` counts. */
const COUNTED: ReadonlySet<string> = new Set(["report", "check", "row"]);

/** Says what output of ssescope a text is, and which command reads it; null if it is something else. */
export function describeOwnOutput(text: string): string | null {
  const [, schema, kind] = SCHEMA.exec(text) ?? [];
  if (schema === undefined || kind === undefined) return null;
  const reader = COUNTED.has(kind) ? ": to count its streams, use ssescope stats" : "";
  return `output of ssescope (${schema}), not a stream${reader}`;
}
