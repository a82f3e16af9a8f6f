// Takes the `timings` of a HAR entry; gives the times of its connection.
import { asObject, type JsonObject } from "../../../model/payload.ts";
import { type Arrival, asMs } from "../../../model/timing.ts";

/**
 * The times in `timings`, in ms since the request; null if there are none. A step that is -1 or left out is unknown or
 * did not happen. `ssl` is part of `connect`: "If this field is defined then the time is also included in the connect
 * field", http://www.softwareishard.com/blog/har-12-spec/#timings. But mitmproxy's `connect` ends where `ssl` starts
 * (https://github.com/mitmproxy/mitmproxy/blob/main/mitmproxy/addons/savehar.py).
 */
export function readTimings(entry: JsonObject, creator: string): Arrival | null {
  const timings = asObject(entry.timings) ?? {};
  const blocked = asMs(timings.blocked) ?? 0;
  const dns = asMs(timings.dns) ?? 0;
  // Firefox writes 0 if it reused an open connection.
  const connect = asMs(timings.connect) || null;
  const tlsMs = asMs(timings.ssl) || null;
  const send = asMs(timings.send);
  const wait = asMs(timings.wait);
  const receive = asMs(timings.receive);
  // The format requires send, wait and receive, so tools that measure nothing write 0.
  if ([connect, send, wait, receive].every((ms) => ms === null || ms === 0)) return null;
  const isTlsApart = /mitmproxy/i.test(creator) || (tlsMs ?? 0) > (connect ?? 0);
  const openMs = blocked + dns + (connect ?? 0) - (isTlsApart ? 0 : (tlsMs ?? 0));
  const headMs = wait === null ? null : openMs + (tlsMs ?? 0) + (send ?? 0) + wait;
  const endMs = headMs === null || receive === null ? null : headMs + receive;
  const opening = { connectMs: connect === null ? null : openMs, tlsMs, headMs };
  return { opening, firstByteMs: headMs, endMs, heldBackMs: 0 };
}
