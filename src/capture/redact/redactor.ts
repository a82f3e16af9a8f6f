// Makes a copy of a capture that can be shared. Output and input have the same length: content is replaced, but
// structure, sizes and places stay, so the copy has the findings and the verdict of the original.
import type { DialectName } from "../../dialects/index.ts";
import { randomBytes } from "node:crypto";
import { generic } from "../../dialects/generic/generic.ts";
import { createInterpreter } from "../../dialects/interpreter.ts";
import { EventTooLargeError } from "../../errors.ts";
import type { Fact } from "../../model/facts.ts";
import { aiSdkData, PREFIX_BYTES } from "../../framing/ai-sdk-data.ts";
import { awsEventstream } from "../../framing/aws-eventstream.ts";
import { PRELUDE_BYTES } from "../../framing/aws-eventstream/frame.ts";
import { createByteBuffer } from "../../framing/byte-buffer.ts";
import type { StreamHead, StreamSink } from "../../framing/framing.ts";
import { jsonArray } from "../../framing/json-array.ts";
import type { HttpHead } from "../../model/http-head.ts";
import { isWhole, parsePayload } from "../../model/payload.ts";
import type { WireEnd, WireEvent } from "../../model/wire.ts";
import { createKeyCharacters } from "./argument-keys.ts";
import { createEventLines } from "./event-lines.ts";
import { redactBetweenFrames, redactFrame, redactOpaque } from "./frames.ts";
import { createOwnFramer } from "./own-framer.ts";
import { keysOf, type KnownKeys } from "./known-keys.ts";
import { redactPayload } from "./payload.ts";
import { createPlainText, type PlainText } from "./plain-text.ts";
import { isSentByHabit } from "./habits.ts";
import { createPseudonyms } from "./pseudonyms.ts";
import { isRewritable, notRewritable, readsWrappers } from "./wrapped-events.ts";
import { redactText } from "./replacements.ts";
import { createTextLedger } from "./fact-texts.ts";

export interface CaptureRedactor {
  /** Takes the next bytes without changing them; returns the redacted bytes that are final. Throws UserError. */
  push(bytes: Uint8Array): Uint8Array;
  /** Returns the rest. Total output and input have the same length. Throws UserError. */
  end(): Uint8Array;
}

export interface RedactorOptions {
  /** Null: detect. */
  readonly framing: string | null;
  readonly dialect: DialectName | null;
  /** As in reading. From the first larger event on, everything is replaced as text. */
  readonly maxEventBytes: number;
  /** The server's response headers, if the capture is from a live source. */
  readonly http: HttpHead | null;
  /** The secret for replacing ids; default: random, so that ids cannot be recovered. */
  readonly key?: Uint8Array;
}

/** What is known about an event: its dialect's facts and keys. */
interface Read {
  readonly facts: readonly Fact[];
  readonly keys: KnownKeys;
}

/** For events whose dialect is not known yet, and for data that is not an event. */
const UNREAD: Read = { facts: [], keys: keysOf(generic) };
const KEY_BYTES = 32;
const BLANK = [0x20, 0x09, 0x0a, 0x0d];
/** The bytes around a payload that fills a line, and around one that is an element of an array. */
const AROUND_LINE: ReadonlySet<number> = new Set(BLANK);
const AROUND_ELEMENT: ReadonlySet<number> = new Set([...BLANK, 0x2c, 0x5b, 0x5d]);
const BEGINNING_OF_JSON = /^[\s\ufeff]*[{[]/;
/** A byte order mark and some blank lines. */
const HEAD_BYTES = 64;

/**
 * Makes a redactor for one capture: a plain stream, or a document sent in place of one. Throws UserError if a framing
 * is named that cannot be redacted.
 */
export function createCaptureRedactor(options: RedactorOptions): CaptureRedactor {
  const { maxEventBytes } = options;
  const key = options.key ?? randomBytes(KEY_BYTES);
  const pseudonyms = createPseudonyms(key);
  const lines = createEventLines(pseudonyms, redactStray);
  const ledger = createTextLedger(createKeyCharacters(key));
  /** Bytes from the first one that is not final; while a chunk is read, also its final bytes. */
  const held = createByteBuffer();
  /** The offset of the held bytes in the input. */
  let heldFrom = 0;
  /** How many of the held bytes are final; `lines` counts its own. */
  let finalBytes = 0;
  /** How far the held bytes were read as lines. */
  let fedTo = 0;
  /** Null before it is known, and for a body that is not a stream. */
  let wrapping: string | null = null;
  let hasEvents = false;
  /** What is known about the last event. */
  let read: Read = UNREAD;
  /** The dialect's wrapped values are text. */
  let wrapsText = false;
  /** Takes the rest after an event that is too large. */
  let plainText: PlainText | null = null;

  const interpreter = createInterpreter(options.dialect, (reading) => {
    read = { facts: reading.facts, keys: keysOf(reading.foreignDialect ?? reading.dialect) };
    wrapsText = readsWrappers(reading.dialect.name);
  });

  /** Interprets an event. Returns `UNREAD` while the dialect is still being detected. */
  function interpret(event: WireEvent, pending: boolean): Read {
    read = UNREAD;
    interpreter.read(event, null, pending);
    return read;
  }

  function redactData(data: Buffer, { facts, keys }: Read): void {
    redactPayload(data, { texts: ledger.read(facts), keys, pseudonyms, wrapsText });
  }

  /** A line outside of events may report an error, as JSON or after a word: the copy still reports it. */
  function redactStray(line: Buffer): void {
    if (!isSentByHabit(line)) redactData(line, UNREAD);
  }

  function readEvent(event: WireEvent): void {
    if (!isRewritable(parsePayload(event.data))) throw notRewritable();
    const reading = interpret(event, false);
    const bytes = held.view();
    const end = event.offset - heldFrom + event.length;
    // An event in a line starts with its spaces, which may be final already.
    const start = Math.max(event.offset - heldFrom, finalBytes);
    hasEvents = true;
    if (wrapping === "sse") {
      lines.read(bytes, end);
      lines.redactData(bytes, (data) => redactData(data, reading));
    } else if (wrapping === awsEventstream.name) {
      redactBetweenFrames(bytes.subarray(finalBytes, start), redactStray);
      redactFrame(bytes.subarray(start, end), (data) => redactData(data, reading));
      finalBytes = end;
    } else {
      redactText(bytes, finalBytes, start);
      const code = wrapping === aiSdkData.name ? PREFIX_BYTES : 0;
      redactData(bytes.subarray(start + code, end), reading);
      finalBytes = end;
    }
  }

  /** At the end of input, the held bytes are a cut event or a document. */
  function readEnd({ pending, bytes: length, events, lastEventId }: WireEnd): void {
    const bytes = held.view();
    if (wrapping === awsEventstream.name) {
      const start = pending === null ? bytes.length : pending.offset - heldFrom;
      redactBetweenFrames(bytes.subarray(finalBytes, start), redactStray);
      redactFrame(bytes.subarray(start), (data) => redactData(data, UNREAD));
      finalBytes = bytes.length;
      return;
    }
    let reading = UNREAD;
    if (pending !== null && isWhole(pending.data)) {
      const place = { lastEventId, index: events, length: length - pending.offset };
      reading = interpret({ type: "event", ...pending, ...place }, true);
    }
    if (wrapping === "sse" && (pending !== null || !mayBeDocument())) {
      lines.readAll(bytes);
      lines.redactData(bytes, (data) => redactData(data, reading));
    } else redactData(bytes.subarray(finalBytes), reading);
    finalBytes = bytes.length;
  }

  /** Whether the input so far, which has no events, may be one JSON document. */
  function mayBeDocument(): boolean {
    if (hasEvents || heldFrom > 0 || held.length > maxEventBytes) return false;
    return BEGINNING_OF_JSON.test(held.view().toString("utf8", 0, HEAD_BYTES));
  }

  /** Finishes the bytes between events, up to an offset in the input. */
  function readBetween(fedBytes: number): void {
    const bytes = held.view();
    const end = fedBytes - heldFrom;
    fedTo = end;
    if (wrapping === "sse") {
      if (!mayBeDocument()) lines.read(bytes, end);
    } else if (wrapping !== null && wrapping !== awsEventstream.name) {
      const around = wrapping === jsonArray.name ? AROUND_ELEMENT : AROUND_LINE;
      while (finalBytes < end && around.has(bytes[finalBytes] ?? 0)) finalBytes += 1;
    }
  }

  const sink: StreamSink = {
    bytes() {},
    record(record) {
      if (record.type === "event") readEvent(record);
      else if (record.type === "end") readEnd(record);
    },
    defect() {},
    close() {},
  };
  function open(head: StreamHead): StreamSink {
    ({ wrapping } = head);
    return sink;
  }

  const framer = createOwnFramer(options, open, readBetween);

  /** Removes the final bytes from the held ones and returns them. */
  function take(): Buffer {
    const length = Math.max(finalBytes, wrapping === "sse" ? lines.finalBytes : 0);
    if (length === 0) return Buffer.alloc(0);
    const taken = Buffer.from(held.view().subarray(0, length));
    const rest = Buffer.from(held.view().subarray(length));
    held.clear();
    held.append(rest);
    heldFrom += length;
    finalBytes = 0;
    fedTo -= length;
    lines.drop(length);
    return taken;
  }

  /** Runs `read`. If it meets an event that is too large, returns the redactor of the rest; otherwise null. */
  function attempt(read: () => void): PlainText | null {
    try {
      read();
      return wrapping === null && held.length > maxEventBytes ? createPlainText(redactText) : null;
    } catch (error) {
      if (!(error instanceof EventTooLargeError)) throw error;
      // Stop before the line that is too large.
      if (wrapping === "sse") lines.read(held.view(), fedTo);
      if (wrapping !== awsEventstream.name) return createPlainText(redactText);
      // Keep its prelude, which states its size. The rest may be Base64, whose letters and digits reveal content.
      finalBytes = Math.min(finalBytes + PRELUDE_BYTES, held.length);
      return createPlainText((bytes) => redactOpaque(bytes, 0));
    }
  }

  return {
    push(bytes) {
      if (plainText !== null) return plainText.push(bytes);
      held.append(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
      plainText = attempt(() => framer.push(bytes, null));
      const taken = take();
      return plainText === null ? taken : Buffer.concat([taken, plainText.push(held.view())]);
    },
    end() {
      if (plainText !== null) return plainText.end();
      const rest = attempt(() => framer.end());
      const taken = take();
      return rest === null ? taken : Buffer.concat([taken, rest.push(held.view()), rest.end()]);
    },
  };
}
