// Traces of httprr, the recorder of Go's tools: a header line, then for each exchange a line with the sizes of request
// and response, and both as sent. https://pkg.go.dev/golang.org/x/oscar/internal/httprr (`httprr trace v1`)
import type { Framing } from "../../framing.ts";
import { createChunkedBody } from "../../chunks.ts";
import type { InputPlace } from "../../lines.ts";
import { headerNamed, readResponseHead } from "../../response-head.ts";
import { createArchiveFramer, type ArchiveFormat, type ParsedEntry } from "../archive.ts";
import { cannotParse, isNotOf } from "../document/damage.ts";

const BEGINNING = "httprr trace v1";
const SIZES = /^(?<request>\d{1,15}) (?<response>\d{1,15})\r?$/;
const REQUEST_LINE = /^(?<method>[A-Z]+) (?<url>\S+) HTTP\//;
const LF = 0x0a;

const format: ArchiveFormat = {
  name: "httprr",
  kind: "trace of httprr",
  parse: readTrace,
};

export const httprr: Framing = {
  name: format.name,
  title: "a trace of httprr: each recorded response that is a stream",
  mediaTypes: [],
  detect(head, complete) {
    const text = Buffer.from(head.subarray(0, BEGINNING.length)).toString("latin1");
    return text === BEGINNING || (!complete && BEGINNING.startsWith(text) ? null : false);
  },
  create: (open, options) => createArchiveFramer(format, open, options),
};

function* readTrace(document: Buffer): Generator<ParsedEntry> {
  if (!document.subarray(0, BEGINNING.length).equals(Buffer.from(BEGINNING))) {
    throw isNotOf(format.kind, `it does not begin with "${BEGINNING}"`);
  }
  const places = createPlaces(document);
  for (let at = endOfLine(document, 0); at < document.length;) {
    const start = endOfLine(document, at);
    const { request, response } = SIZES.exec(document.toString("latin1", at, start).trimEnd())?.groups ?? {};
    if (request === undefined || response === undefined) {
      throw cannotParse(format.kind, `the sizes of request and response are not at byte ${at}`);
    }
    const middle = start + Number(request);
    const end = middle + Number(response);
    if (end > document.length) throw cannotParse(format.kind, `it ends at byte ${document.length}, before byte ${end}`);
    yield readExchange(document, start, middle, end, places);
    at = end;
  }
}

function readExchange(document: Buffer, start: number, middle: number, end: number, placeOf: PlaceOf): ParsedEntry {
  const { method = "", url = "" } = REQUEST_LINE.exec(document.toString("utf8", start, middle))?.groups ?? {};
  const { line } = placeOf(start);
  const { lines, bodyAt } = headOf(document, middle, end);
  const http = readResponseHead(lines);
  const isChunked = /\bchunked\b/i.test(headerNamed("transfer-encoding", lines) ?? "");
  const body = isChunked ? unchunk(document, bodyAt, end, placeOf) : null;
  return {
    method,
    url,
    line,
    status: http?.status ?? null,
    statusText: http?.statusText ?? "",
    headers: (name) => headerNamed(name, lines),
    contentType: null,
    pieces: [{ bytes: body?.bytes ?? document.subarray(bodyAt, end), atMs: null }],
    bodyLines: () => body?.lines ?? linesFrom(document, bodyAt, end, placeOf),
  };
}

/** The header lines of a response, and where its body starts. */
function headOf(
  document: Buffer,
  start: number,
  end: number,
): { readonly lines: readonly string[]; readonly bodyAt: number } {
  const lines: string[] = [];
  let at = start;
  while (at < end) {
    const next = Math.min(endOfLine(document, at), end);
    const line = document.toString("latin1", at, next).trimEnd();
    at = next;
    if (line === "") break;
    lines.push(line);
  }
  return { lines, bodyAt: at };
}

/** The data of the chunks, and where its lines are. */
function unchunk(document: Buffer, start: number, end: number, placeOf: PlaceOf) {
  const pieces: Buffer[] = [];
  const lines: InputPlace[] = [];
  let at = start;
  let isLineStart = true;
  const framer = createChunkedBody(
    {
      push(bytes) {
        const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const own = linesFrom(document, at, at + piece.length, placeOf);
        lines.push(...own.slice(isLineStart ? 0 : 1));
        isLineStart = piece.at(-1) === LF;
        pieces.push(piece);
        at += piece.length;
      },
      moveTo(place) {
        at = place.offset;
      },
      end() {},
    },
    placeOf(start),
    () => {},
  );
  framer.push(document.subarray(start, end), null);
  framer.end();
  return { bytes: Buffer.concat(pieces), lines };
}

/** The line of a byte of the document. */
type PlaceOf = (offset: number) => InputPlace;

/** Counts lines from the last requested place. */
function createPlaces(document: Buffer): PlaceOf {
  let last = 0;
  let line = 1;
  return (offset) => {
    if (offset < last) [last, line] = [0, 1];
    for (let at = document.indexOf(LF, last); at !== -1 && at < offset; at = document.indexOf(LF, at + 1)) line += 1;
    last = offset;
    return { line, offset };
  };
}

function linesFrom(document: Buffer, start: number, end: number, placeOf: PlaceOf): readonly InputPlace[] {
  const lines: InputPlace[] = start < end ? [placeOf(start)] : [];
  for (let at = document.indexOf(LF, start); at !== -1 && at + 1 < end; at = document.indexOf(LF, at + 1)) {
    lines.push(placeOf(at + 1));
  }
  return lines;
}

function endOfLine(document: Buffer, start: number): number {
  const end = document.indexOf(LF, start);
  return end === -1 ? document.length : end + 1;
}
