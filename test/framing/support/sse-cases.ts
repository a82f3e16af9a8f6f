// The cases of sse-cases.json: bytes, and what the standard makes of them.
import json from "../sse-cases.json" with { type: "json" };

export interface SseCase {
  readonly name: string;
  /** The test suite that the case was taken from. */
  readonly source: string;
  readonly input: Buffer;
  readonly events: readonly { readonly type: string; readonly data: string; readonly lastEventId: string }[];
  /** The reconnection time in force at the end; null where the stream set none. */
  readonly retry: number | null;
  /** The input ends within a block that has an id, a name or data, or within a line: the standard discards that. */
  readonly trailing: boolean;
  readonly finalLastEventId: string;
  /** Null where the case does not say. */
  readonly comments: readonly string[] | null;
  /** The sizes of chunks at which the case is told to be hard, or null. */
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
