// The framer for redaction. It accepts plain streams, and bodies that are not streams. Everything else is refused: a
// recording or log also holds data outside its streams, which is not known here.
import { codingOf } from "../../decoding/decoding.ts";
import { UserError } from "../../errors.ts";
import { aiSdkData } from "../../framing/ai-sdk-data.ts";
import { awsEventstream } from "../../framing/aws-eventstream.ts";
import { createBodyFramer } from "../../framing/body.ts";
import type { Framer, Framing, FramingOptions, OpenStream } from "../../framing/framing.ts";
import { createDetectingFramer } from "../../framing/detect.ts";
import { framings } from "../../framing/index.ts";
import { jsonArray } from "../../framing/json-array.ts";
import { jsonDocuments } from "../../framing/json-documents.ts";
import { ndjson } from "../../framing/ndjson.ts";
import { sse } from "../../framing/sse.ts";
import { webSocketLines } from "../../framing/web-socket-lines.ts";
import { mayBeStream } from "../../model/http-head.ts";

const OWN: ReadonlySet<Framing> = new Set([
  sse,
  ndjson,
  jsonArray,
  jsonDocuments,
  aiSdkData,
  awsEventstream,
  webSocketLines,
]);

interface OwnFramerOptions extends FramingOptions {
  /** Null: detect. */
  readonly framing: string | null;
}

/**
 * Feeds its framer line by line, or whole frames, and calls `onFed` with the total byte count after each line or part
 * of one. So a line that is too large is the same one at every chunking, and no line before it is lost. Throws
 * UserError if another framing is named, or when one is detected.
 */
export function createOwnFramer(
  { framing: name, ...options }: OwnFramerOptions,
  open: OpenStream,
  onFed: (bytes: number) => void,
): Framer {
  if (!mayBeStream(options.http)) return fedByLine(createBodyFramer(open, options), onFed);
  const named = framings.find((framing) => framing.name === name);
  if (named !== undefined && !OWN.has(named)) throw refusal(named.name);
  const feed = (framing: Framing): Framing => ({
    ...framing,
    create: (open, options) => fed(framing, framing.create(open, options), onFed),
  });
  const choice =
    named === undefined
      ? framings.map((framing) => (OWN.has(framing) ? feed(framing) : refused(framing)))
      : [{ ...feed(named), detect: () => true }];
  return createDetectingFramer(() => [compressed, ...choice], open, options);
}

function refused(framing: Framing): Framing {
  return { ...framing, create: () => refuse(framing.name) };
}

/** Frames state their length, so the input need not be split. */
function fed(framing: Framing, framer: Framer, onFed: (bytes: number) => void): Framer {
  return framing === awsEventstream ? fedWhole(framer, onFed) : fedByLine(framer, onFed);
}

function fedWhole(framer: Framer, onFed: (bytes: number) => void): Framer {
  let fed = 0;
  return {
    push(bytes, atMs) {
      framer.push(bytes, atMs);
      fed += bytes.length;
      onFed(fed);
    },
    end: () => framer.end(),
  };
}

const LF = 0x0a;
const CR = 0x0d;

function fedByLine(framer: Framer, onFed: (bytes: number) => void): Framer {
  let fed = 0;
  return {
    push(bytes, atMs) {
      for (let start = 0; start < bytes.length;) {
        const end = endOfLine(bytes, start);
        framer.push(bytes.subarray(start, end), atMs);
        fed += end - start;
        onFed(fed);
        start = end;
      }
    },
    end: () => framer.end(),
  };
}

function endOfLine(bytes: Uint8Array, start: number): number {
  let end = start;
  while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end += 1;
  return Math.min(end + 1, bytes.length);
}

/** Detects compressed input before anything else. */
const compressed: Framing = {
  name: "compressed",
  title: "compressed bytes",
  mediaTypes: [],
  detect: (head, complete) => {
    const coding = codingOf(head, "", complete);
    return coding === undefined ? null : coding !== null;
  },
  create: () => refuse("compressed"),
};

function refuse(name: string): never {
  throw refusal(name);
}

function refusal(name: string): UserError {
  return name === compressed.name
    ? new UserError("a compressed capture cannot be redacted", "decompress it first")
    : new UserError(
        `a capture of the framing ${name} cannot be redacted`,
        "redact the server's response body, as sse, ndjson, json-array, json-documents or aws-eventstream",
      );
}
