// The `timings` of a HAR entry in, the times of its connection out.
import { asObject, type JsonObject } from "../../../model/payload.ts";
import { type Arrival, asMs } from "../../../model/timing.ts";

/**
 * The times that `timings` states, in ms since the request; null if it states none. A step that is -1, or left out, is not
 * known or did not happen. "If this field is defined then the time is also included in the connect field", it says of `ssl`:
 * http://www.softwareishard.com/blog/har-12-spec/#timings. mitmproxy's `connect` ends where `ssl` begins
 * (https://github.com/mitmproxy/mitmproxy/blob/main/mitmproxy/addons/savehar.py).
 */
export function readTimings(entry: JsonObject, creator: string): Arrival | null {
  const timings = asObject(entry.timings) ?? {};
  const blocked = asMs(timings.blocked) ?? 0;
  const dns = asMs(timings.dns) ?? 0;
  // Firefox writes 0 where a connection that was open was used.
  const connect = asMs(timings.connect) || null;
  const tlsMs = asMs(timings.ssl) || null;
  const send = asMs(timings.send);
  const wait = asMs(timings.wait);
  const receive = asMs(timings.receive);
  // The format demands send, wait and receive: who measures nothing writes 0.
  if ([connect, send, wait, receive].every((ms) => ms === null || ms === 0)) return null;
  const isTlsApart = /mitmproxy/i.test(creator) || (tlsMs ?? 0) > (connect ?? 0);
  const openMs = blocked + dns + (connect ?? 0) - (isTlsApart ? 0 : (tlsMs ?? 0));
  const headMs = wait === null ? null : openMs + (tlsMs ?? 0) + (send ?? 0) + wait;
  const endMs = headMs === null || receive === null ? null : headMs + receive;
  const opening = { connectMs: connect === null ? null : openMs, tlsMs, headMs };
  return { opening, firstByteMs: headMs, endMs, heldBackMs: 0 };
}
