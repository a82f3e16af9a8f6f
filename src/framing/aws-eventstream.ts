// AWS event streams: binary frames with headers and checksums, the only form in which Amazon Bedrock streams. AWS's own
// decoder (`@smithy/eventstream-codec`) throws at the first damaged byte without a position, so frames are read here.
// https://smithy.io/2.0/aws/amazon-eventstream.html
import type { HttpHead } from "../model/http-head.ts";
import { PRELUDE_BYTES, isPossible, matches, readPrelude } from "./aws-eventstream/frame.ts";
import { createFrameReader } from "./aws-eventstream/reader.ts";
import type { Framing } from "./framing.ts";
import { framingNames } from "./framing-names.ts";

const MEDIA_TYPE = "application/vnd.amazon.eventstream";
/** The headers of every message; they identify a first frame with a damaged prelude. */
const FIRST_HEADER = /^.:(?:event|message|exception|content)-type/s;
const LONGEST_FIRST_HEADER = 20;

const LENGTH_BYTES = 4;
/** The maximum message size: https://smithy.io/2.0/aws/amazon-eventstream.html#amazon-event-stream-specification */
const MOST_BYTES = 24 * 1024 ** 2;

export const awsEventstream: Framing = {
  name: framingNames.awsEventstream,
  title: "binary frames of Amazon Bedrock (application/vnd.amazon.eventstream)",
  mediaTypes: [MEDIA_TYPE],
  detect: looksLikeFrames,
  create(open, options) {
    const { name } = awsEventstream;
    return createFrameReader(open({ framing: name, wrapping: name, http: options.http, place: null }), options);
  },
};

/** Whether the `Content-Type` of a response is that of an AWS event stream. */
export function isCalledEventstream(http: Pick<HttpHead, "contentType"> | null): boolean {
  return http?.contentType?.split(";", 1)[0]?.trim().toLowerCase() === MEDIA_TYPE;
}

/** A prelude with its checksum; no text begins with the first byte of a prelude. */
function looksLikeFrames(input: Uint8Array, complete: boolean, http: HttpHead | null = null): boolean | null {
  const [first] = input;
  if (first === undefined || first > 1) return false;
  if (isCalledEventstream(http)) return true;
  const head = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  if (head.length < PRELUDE_BYTES) return complete ? mayBeginFrame(head) : null;
  const prelude = readPrelude(head, 0);
  if (isPossible(prelude) && matches(prelude.checksum)) return true;
  const end = PRELUDE_BYTES + LONGEST_FIRST_HEADER;
  if (head.length < end && !complete) return null;
  return FIRST_HEADER.test(head.toString("latin1", PRELUDE_BYTES, end));
}

/** Whether an input that ends within its first prelude may be a truncated frame: its length is that of a message. */
function mayBeginFrame(head: Buffer): boolean {
  if (head.length < LENGTH_BYTES) return false;
  const length = head.readUInt32BE(0);
  return length > PRELUDE_BYTES && length <= MOST_BYTES;
}
