// State of a response while its facts are collected.
import type { ItemSnapshot, Outcome, StreamError, Usage } from "../model/facts.ts";
import type { Cost, ServerTiming } from "../model/provider-figures.ts";
import type { ResponseTimer } from "../timing/response-timer.ts";
import { ItemTexts } from "./item-texts.ts";

export interface Response {
  id: string | null;
  model: string | null;
  serviceTier: string | null;
  status: string | null;
  reason: string | null;
  resumed: boolean;
  outcome: Outcome | null;
  error: StreamError | null;
  usage: Usage | null;
  serverTiming: ServerTiming | null;
  cost: Cost | null;
  sequence: { first: number; last: number } | null;
  items: Map<number, Item>;
  /** Null if times are unknown. */
  timer: ResponseTimer | null;
}

export interface Item {
  index: number;
  snapshot: ItemSnapshot;
  /** When the first event about it arrived; null if times are unknown. */
  firstAtMs: number | null;
  /** The input contains its beginning, so its deltas are all of its text. */
  started: boolean;
  /** The stream took the item back. */
  dropped: boolean;
  readonly texts: ItemTexts;
  annotations: number;
  mediaBase64Length: number;
}

export function newResponse(): Response {
  return {
    id: null,
    model: null,
    serviceTier: null,
    status: null,
    reason: null,
    resumed: false,
    outcome: null,
    error: null,
    usage: null,
    serverTiming: null,
    cost: null,
    sequence: null,
    items: new Map(),
    timer: null,
  };
}

/** Whether a response has ended, with an outcome or an error. */
export function isFinished({ outcome, error }: Pick<Response, "outcome" | "error">): boolean {
  return outcome !== null || error !== null;
}

/** The snapshot of an item before its first event. */
export const NOTHING_KNOWN: ItemSnapshot = { id: null, type: "unknown", status: null };

/** The item at a position. If it is new, the event that arrived at `atMs` is the first about it. */
export function itemAt(response: Response, index: number, atMs: number | null): Item {
  const known = response.items.get(index);
  if (known !== undefined) return known;
  const item = {
    index,
    snapshot: NOTHING_KNOWN,
    firstAtMs: atMs,
    started: false,
    dropped: false,
    texts: new ItemTexts(),
    annotations: 0,
    mediaBase64Length: 0,
  };
  response.items.set(index, item);
  return item;
}

/** Reduces the memory of the texts of a response that is over. */
export function compactTexts({ items }: Response): void {
  for (const { texts } of items.values()) for (const text of texts.all()) text.finish();
}
