// The cases of sse-cases.json: bytes, and the events that the standard requires.
import json from "../sse-cases.json" with { type: "json" };

export interface SseCase {
  readonly name: string;
  /** The test suite that the case was taken from. */
  readonly source: string;
  readonly input: Buffer;
  readonly events: readonly { readonly type: string; readonly data: string; readonly lastEventId: string }[];
  /** The reconnection time at the end; null if the stream set none. */
  readonly retry: number | null;
  /** The input ends within a block that has an id, a type or data, or within a line; the standard discards that. */
  readonly trailing: boolean;
  readonly finalLastEventId: string;
  /** Null if the case does not specify it. */
  readonly comments: readonly string[] | null;
  /** The chunk sizes at which the case is difficult, or null. */
  readonly chunkSizes: readonly number[] | null;
}

export const sseCases: readonly SseCase[] = json.map((entry) => ({
  name: entry.name,
  source: entry.source,
  input: Buffer.from(entry.input_base64, "base64"),
  events: entry.events,
  retry: entry.retry,
  trailing: entry.trailing,
  finalLastEventId: entry.final_last_event_id,
  comments: entry.comments ?? null,
  chunkSizes: entry.chunk_sizes ?? null,
}));
