// The choice of a dialect from the first events of a stream. Events that nobody claims wait for one that is claimed, so
// that they are read in its dialect and are not taken for the text of an unknown one.
import { asString, type Payload } from "../model/payload.ts";
import { type WireEvent, UNNAMED_EVENT } from "../model/wire.ts";
import { allDialects } from "./all-dialects.ts";
import type { Dialect } from "./dialect.ts";
import { generic } from "./generic/generic.ts";
import { dialects } from "./index.ts";

/** The first events, among which one that a dialect claims decides for it; after them a generic stream stays one. */
const EVENTS_TO_DETECT_FROM = 16;
/** Characters of data that wait at most: what is this large is shown as it comes. */
const MOST_WAITING = 1024 * 1024;

/** The words by which servers call what only keeps a connection alive. */
const HEARTBEATS: ReadonlySet<unknown> = new Set(["ping", "keepalive", "keep-alive", "keep_alive", "heartbeat"]);

/** Whether an event only keeps the connection alive, by its name or by its payload's `type` or `event`. Anybody can ping. */
export function isHeartbeat({ event }: Pick<WireEvent, "event">, payload: Payload): boolean {
  if (payload.type === "broken-json") return false;
  if (HEARTBEATS.has(event)) return true;
  return payload.type === "object" && (HEARTBEATS.has(payload.value.type) || HEARTBEATS.has(payload.value.event));
}

export interface Detection {
  /** The dialect, once an event shows it or too many have shown none; null while events have to wait. */
  detect(event: WireEvent, payload: Payload): Dialect | null;
  /** The dialect of events that nobody claims: the first one that an event suggests, or none that is known. */
  unclaimed(): Dialect;
}

/** Watches the first events of a stream until one of them is claimed. */
export function createDetection(): Detection {
  let events = 0;
  let waiting = 0;
  let suggested: Dialect | null = null;
  return {
    detect(event, payload) {
      const claimant = claimantOf(event, payload);
      if (claimant !== null) return claimant;
      if (isHeartbeat(event, payload)) return null;
      suggested ??= allDialects().find((dialect) => dialect.suggests?.(event, payload) === true) ?? null;
      events += 1;
      waiting += event.data.length;
      return events >= EVENTS_TO_DETECT_FROM || waiting > MOST_WAITING ? (suggested ?? generic) : null;
    },
    unclaimed: () => suggested ?? generic,
  };
}

/** The first dialect that claims an event; null if none does, or if it is a heartbeat. */
export function claimantOf(event: WireEvent, payload: Payload): Dialect | null {
  if (isHeartbeat(event, payload)) return null;
  // One by one: those after the one that claims it need not be loaded.
  for (const { load } of dialects) {
    const dialect: Dialect = load();
    if (dialect !== generic && dialect.claims(event, payload)) return dialect;
  }
  return null;
}

/** What an event is called: its name, or, if it has none, the type that its payload states. */
export function eventTypeOf(event: WireEvent, payload: Payload): string {
  const isNamed = event.event !== UNNAMED_EVENT || payload.type !== "object";
  const { type: ofPayload, event_type: ofInteraction } = isNamed ? {} : payload.value;
  return isNamed ? event.event : (asString(ofPayload) ?? asString(ofInteraction) ?? UNNAMED_EVENT);
}
