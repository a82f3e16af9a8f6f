// Which dialects claim an event.
import { isHeartbeat } from "../../src/dialects/detection.ts";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { allDialects } from "../../src/dialects/all-dialects.ts";
import { type Payload, parsePayload } from "../../src/model/payload.ts";
import type { WireEvent } from "../../src/model/wire.ts";
import { type NamedData, wireEvent } from "./named-data.ts";

/** Whether a dialect claims an event that comes first. */
export function claims(dialect: Pick<Dialect, "claims">, event: NamedData): boolean {
  return dialect.claims(wireEvent(event), parsePayload(event.data));
}

/** The names of the dialects that claim an event; `generic` takes what no other does, so it is left out. */
export function claimantsOf(event: NamedData): string[] {
  return claimantsOfEvent(wireEvent(event), parsePayload(event.data));
}

/** The same for a framed event; no dialect claims heartbeats. */
export function claimantsOfEvent(event: WireEvent, payload: Payload): string[] {
  if (isHeartbeat(event, payload)) return [];
  const claimants = allDialects().filter((dialect: Dialect) => dialect.isKnown && dialect.claims(event, payload));
  return claimants.map(({ name }) => name);
}
