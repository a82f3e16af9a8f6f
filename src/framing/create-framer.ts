// The framer of a source: the framing that the user named, or the one detected from the first bytes.
import { mayBeStream } from "../model/http-head.ts";
import { createBodyFramer } from "./body.ts";
import type { Framer, FramingOptions, OpenStream } from "./framing.ts";
import { createDetectingFramer } from "./detect.ts";
import { framings } from "./index.ts";
import { isBareStream, sse } from "./sse.ts";

/** The framer of the framing `name`; if `name` is null, of the first framing that fits the first bytes. */
export function createFramer(name: string | null, open: OpenStream, options: FramingOptions): Framer {
  if (!mayBeStream(options.http)) return createBodyFramer(open, options);
  const named = name === null ? undefined : framings.find((framing) => framing.name === name);
  if (named !== undefined) return named.create(open, options);
  return createDetectingFramer(
    () => framings,
    open,
    options,
    (head, http) => (isBareStream(head, http) ? sse : null),
  );
}
