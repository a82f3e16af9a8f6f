// The open stream and event as the fragment of the page's address, so that a place can be shared.

export interface PagePlace {
  /** Null: only the list. */
  readonly stream: number | null;
  /** The index of an event. */
  readonly event: number | null;
  /** The statistics of all streams are open. */
  readonly isStatistics?: boolean;
}

const STATISTICS = "#/statistics";

const FORM = /^#\/(\d{1,9})(?:\/(\d{1,15}))?$/;

export function parsePlace(hash: string): PagePlace {
  if (hash === STATISTICS) return { stream: null, event: null, isStatistics: true };
  const [, stream, event] = FORM.exec(hash) ?? [];
  return { stream: stream === undefined ? null : Number(stream), event: event === undefined ? null : Number(event) };
}

export function hashOf({ stream, event, isStatistics = false }: PagePlace): string {
  if (isStatistics) return STATISTICS;
  if (stream === null) return "#/";
  return event === null ? `#/${stream}` : `#/${stream}/${event}`;
}
