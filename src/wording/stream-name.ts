// The name of a stream in messages.

/** `cap.sse`; for a stream in a log, `ci.log:12 (api-1)`. Untrusted text. */
export function nameOfStream({ source, stream }: NamedStream): string {
  if (stream === null) return source;
  return `${source}:${stream.line}${stream.name === null ? "" : ` (${stream.name})`}`;
}

interface NamedStream {
  readonly source: string;
  /** Where the stream is in its source; null if it is the whole source. */
  readonly stream: { readonly line: number; readonly name: string | null } | null;
}
