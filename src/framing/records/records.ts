// Bodies out of a table or a topic: NDJSON in which each line carries one body, with the name of its source. Each line is a
// stream of its own, and is done with before the next one is read: a partition may have millions.
import { LimitError } from "../../errors.ts";
import { type HttpHead, mayBeStream } from "../../model/http-head.ts";
import { formatSize } from "../../wording/sizes.ts";
import { aiSdkData } from "../ai-sdk-data.ts";
import { asBuffer, bodyOf } from "../archive/compressed-body.ts";
import { eachValue, linesOfJsonString } from "../archive/document/json-places.ts";
import { awsEventstream } from "../aws-eventstream.ts";
import { createBodyFramer } from "../body.ts";
import { chunked } from "../chunked.ts";
import { curl } from "../curl.ts";
import { createDetectingFramer } from "../detect.ts";
import type { BodyCut, Framer, Framing, FramingOptions, OpenStream, StreamHead, StreamSink } from "../framing.ts";
import { jsonArray } from "../json-array.ts";
import { jsonDocuments } from "../json-documents.ts";
import type { InputPlace } from "../lines.ts";
import { ndjson } from "../ndjson.ts";
import { sse } from "../sse.ts";
import { looksLikeRecords } from "./detect.ts";
import { readRecord, sourceIn, type StoredRecord } from "./record.ts";
import { createRecordLines, type RecordLine } from "./record-lines.ts";
import { framingNames } from "../framing-names.ts";

/** What a body may be; in the order in which they are asked. */
const BODY_FRAMINGS = [awsEventstream, curl, jsonArray, jsonDocuments, chunked, aiSdkData, ndjson, sse] as const;

export const records: Framing = {
  name: framingNames.records,
  title: "bodies from a table or topic, one JSON object per line",
  mediaTypes: [],
  detect: looksLikeRecords,
  create: createRecordsFramer,
};

function createRecordsFramer(open: OpenStream, options: FramingOptions): Framer {
  const { maxEventBytes, maxDecodedBytes = Infinity } = options;
  const lines = createRecordLines(maxEventBytes);
  /** Lines that have ended, and whose bodies have not been read. */
  const waiting: RecordLine[] = [];

  async function work(settle?: () => Promise<void>): Promise<void> {
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
      await readLine(line, settle);
      await settle?.();
    }
  }

  async function readLine(line: RecordLine, settle?: () => Promise<void>): Promise<void> {
    const text = line.bytes.toString("utf8");
    if (line.isTooLong) return openBroken(line, sourceIn(text), describeTooLong(line, maxEventBytes));
    const record = readRecord(text);
    if ("broken" in record)
      return openBroken(line, record.source, `line ${line.line} is not a record: ${record.broken}`);
    await readBody(line, record, settle);
  }

  /** What stands for a line whose body cannot be read. */
  function openBroken(line: RecordLine, source: string | null, why: string | LimitError): void {
    const isLimit = typeof why !== "string";
    const sink = open({
      ...headAt(line, source),
      framing: records.name,
      wrapping: null,
      http: null,
      ...(!isLimit && { instead: why }),
    });
    sink.record({ type: "end", bytes: 0, events: 0, lastEventId: "", pending: null }, null);
    if (isLimit) sink.close({ stop: why, compression: null });
    else sink.close();
  }

  async function readBody(line: RecordLine, record: StoredRecord, settle?: () => Promise<void>): Promise<void> {
    const { http, recorded, request, source, pieces, contentEncoding } = record;
    const body = bodyOf(pieces, contentEncoding, maxDecodedBytes, 0, true);
    const findPlace = createFindPlace(line, record, body.isCompressed);
    const shared = { ...headAt(line, source, request), framing: records.name, recorded, placeOfLine: findPlace };
    const opened: StreamSink[] = [];
    const assumed = http ?? headFor(record);
    const openHere: OpenStream = (head) => {
      const sink = open({ ...head, http: head.http === assumed ? http : (head.http ?? http), ...shared });
      opened.push(sink);
      return sink;
    };
    const framer = createBody(openHere, { ...options, http: assumed, readBeside: undefined }, http);
    let cut: BodyCut | undefined;
    try {
      for await (const { bytes, atMs } of body.pieces()) {
        framer.push(bytes, atMs);
        if (body.isCompressed) await settle?.();
      }
      framer.end();
      ({ cut } = body);
    } catch (error) {
      // It ends this stream; the next one may be smaller.
      if (!(error instanceof LimitError)) throw error;
      cut = { stop: error, compression: null };
      if (opened.length === 0) return openBroken(line, source, error);
    }
    for (const sink of opened) sink.close(cut);
  }

  return {
    mayBeEmpty: true,
    push(bytes) {
      waiting.push(...lines.push(asBuffer(bytes)));
    },
    work,
    async load(settle) {
      waiting.push(...lines.end());
      await work(settle);
    },
    end() {},
  };
}

function createBody(open: OpenStream, options: FramingOptions, http: HttpHead | null): Framer {
  return mayBeStream(http)
    ? createDetectingFramer(() => BODY_FRAMINGS, open, options)
    : createBodyFramer(open, options);
}

/** A type alone says how a body is framed; that there was a response with a status, it does not. */
function headFor({ contentType }: StoredRecord): HttpHead | null {
  return contentType === null ? null : { status: 200, statusText: "", contentType, location: null };
}

function headAt({ line }: RecordLine, source: string | null, request: string | null = null) {
  return { place: { name: request, line }, record: { source } } satisfies Partial<StreamHead>;
}

function describeTooLong({ line, offset }: RecordLine, maxBytes: number): LimitError {
  return new LimitError(
    `the record at line ${line}, byte ${offset} is larger than ${formatSize(maxBytes)}; it was skipped`,
    "if this size is expected, raise --max-event-size",
  );
}

/** Where the lines of a body are in the input: looked up when it is asked for, which few streams do. */
function createFindPlace({ bytes, line, offset }: RecordLine, record: StoredRecord, isCompressed: boolean) {
  let places: readonly InputPlace[] | null = null;
  return (bodyLine: number): InputPlace => {
    places ??= linesOf(bytes, record, isCompressed).map((place) => ({ line, offset: offset + place.offset }));
    return places[Math.min(bodyLine, places.length) - 1] ?? { line, offset };
  };
}

function linesOf(bytes: Buffer, { bodyKey }: StoredRecord, isCompressed: boolean): readonly InputPlace[] {
  const found: InputPlace[] = [];
  eachValue(bytes, 1, (path, place) => {
    if (path.length === 1 && path[0] === bodyKey) found.push(place);
  });
  // Of two values with one key JSON.parse takes the last one.
  const place = found.at(-1);
  if (place === undefined) return [];
  return bodyKey === "body" && !isCompressed ? linesOfJsonString(bytes, place) : [place];
}
