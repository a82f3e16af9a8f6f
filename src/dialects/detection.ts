// Chooses a dialect from the first events of a stream. Events that no dialect claims wait until one is claimed, so that
// they are read in its dialect and not as text of an unknown one.
import { asString, type Payload } from "../model/payload.ts";
import { type WireEvent, UNNAMED_EVENT } from "../model/wire.ts";
import { allDialects } from "./all-dialects.ts";
import type { Dialect } from "./dialect.ts";
import { generic } from "./generic/generic.ts";
import { dialects } from "./index.ts";

/** A dialect is detected only if it claims one of the first events; after them, a generic stream stays generic. */
const EVENTS_TO_DETECT_FROM = 16;
/** Maximum characters of data that wait; larger events are shown at once. */
const MOST_WAITING = 1024 * 1024;

/** The names that servers give to events that only keep a connection alive. */
const HEARTBEATS: ReadonlySet<unknown> = new Set(["ping", "keepalive", "keep-alive", "keep_alive", "heartbeat"]);

/** Whether an event only keeps the connection alive, by its name or its payload's `type` or `event`, in any dialect. */
export function isHeartbeat({ event }: Pick<WireEvent, "event">, payload: Payload): boolean {
  if (payload.type === "broken-json") return false;
  if (HEARTBEATS.has(event)) return true;
  return payload.type === "object" && (HEARTBEATS.has(payload.value.type) || HEARTBEATS.has(payload.value.event));
}

export interface Detection {
  /** The dialect, once an event shows it or too many events have not; null while events have to wait. */
  detect(event: WireEvent, payload: Payload): Dialect | null;
  /** The dialect of events that no dialect claims: the first one that an event suggests, or `generic`. */
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

/** The first dialect that claims an event; null for a heartbeat, or if no dialect claims it. */
export function claimantOf(event: WireEvent, payload: Payload): Dialect | null {
  if (isHeartbeat(event, payload)) return null;
  // One by one: the dialects after the claiming one need not be loaded.
  for (const { load } of dialects) {
    const dialect: Dialect = load();
    if (dialect !== generic && dialect.claims(event, payload)) return dialect;
  }
  return null;
}

/** The type of an event: its name, or, if it has none, the type in its payload. */
export function eventTypeOf(event: WireEvent, payload: Payload): string {
  const isNamed = event.event !== UNNAMED_EVENT || payload.type !== "object";
  const { type: ofPayload, event_type: ofInteraction } = isNamed ? {} : payload.value;
  return isNamed ? event.event : (asString(ofPayload) ?? asString(ofInteraction) ?? UNNAMED_EVENT);
}
