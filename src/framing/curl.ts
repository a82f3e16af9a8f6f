// The output of `curl -i`: status line and headers, then the body, which is read like any other.
import { beginsChunked } from "./chunks.ts";
import type { Framing } from "./framing.ts";
import { createHeadedFramer, type FoundBody } from "./headed-body.ts";
import { headerNamed, isStatusLine, readResponseHead } from "./response-head.ts";

const PROTOCOL = "HTTP/";
const CAPITAL_A = 0x41;
const CAPITAL_Z = 0x5a;
/** This much of a status line is enough to detect it: `HTTP/1.1 200`. */
const DETECTION_BYTES = "HTTP/1.1 200".length;
/** Longer headers are not read as such: servers allow 8 to 64 KiB. */
const MOST_HEAD_BYTES = 256 * 1024;

export const curl: Framing = {
  name: "curl",
  title: "output of curl -i: status and headers, then the body; or a whole connection",
  mediaTypes: [],
  detect(head, complete) {
    if (!mayBeCapital(head[0])) return false;
    const text = Buffer.from(head.subarray(0, DETECTION_BYTES)).toString("latin1");
    if (!complete && text.length < DETECTION_BYTES && mayBeginHead(text)) return null;
    return isStatusLine(text.split(/[\r\n]/, 1)[0] ?? "") || beginsWithRequest(head, complete);
  },
  create: (open, options) => createHeadedFramer(curl.name, findBody, open, options),
};

const REQUEST_LINE = /^[A-Z]{3,7} \S+ HTTP\/1\.[01]\r?\n/;
const MAY_BECOME_REQUEST_LINE = /^[A-Z]{1,7}(?: \S*(?: [HTP/1.0]{0,8}\r?)?)?$/;
const LONGEST_REQUEST_LINE = 4096;
const RESPONSE = /HTTP\/1\.[01] \d{3}[^\r\n]*\r?\n/;

/** A whole connection, as Wireshark's "Follow TCP Stream" saves it: the request comes first. */
function beginsWithRequest(head: Uint8Array, complete: boolean): boolean | null {
  const text = Buffer.from(head.subarray(0, LONGEST_REQUEST_LINE)).toString("latin1");
  if (REQUEST_LINE.test(text)) return true;
  return !complete && text !== "" && MAY_BECOME_REQUEST_LINE.test(text) ? null : false;
}

/** The body after the last response headers: those of a proxy, a redirect or `100 Continue` may come first. */
function findBody(bytes: Buffer, isAll: boolean): FoundBody | null {
  const complete = isAll || bytes.length > MOST_HEAD_BYTES;
  const text = bytes.toString("latin1", 0, MOST_HEAD_BYTES);
  let start = 0;
  let head: readonly string[] = [];
  if (REQUEST_LINE.test(text)) {
    const response = RESPONSE.exec(text);
    if (response === null && !complete) return null;
    start = response?.index ?? text.length;
  }
  for (;;) {
    const rest = text.slice(start);
    if (!complete && rest.length < PROTOCOL.length && mayBeginHead(rest)) return null;
    if (!rest.startsWith(PROTOCOL)) break;
    const end = findEnd(rest, complete);
    if (end === null) return null;
    head = rest.slice(0, end.head).split(/\r?\n/);
    start += end.body;
  }
  // Tools that print a decoded body leave the header in place, so the first line of the body decides.
  const mayBeChunked = /\bchunked\b/i.test(headerNamed("transfer-encoding", head) ?? "");
  const isChunked = mayBeChunked && beginsChunked(bytes.subarray(start), complete);
  return isChunked === null ? null : { start, http: readResponseHead(head), isChunked };
}

/** No header begins like this: such a line means that the empty line after the headers was lost. */
const BODY_LINE = /^(?:data:|event:|:|[{[<])/;

/** Where headers end and the body begins: at an empty line, or at a line of a body. Null: not yet known. */
function findEnd(text: string, complete: boolean): { readonly head: number; readonly body: number } | null {
  for (let start = 0; ;) {
    const lineFeed = text.indexOf("\n", start);
    const line = text.slice(start, lineFeed === -1 ? text.length : lineFeed).replace(/\r$/, "");
    if (start > 0 && BODY_LINE.test(line)) return { head: start, body: start };
    if (lineFeed === -1) return complete ? { head: text.length, body: text.length } : null;
    if (line === "") return { head: start, body: lineFeed + 1 };
    start = lineFeed + 1;
  }
}

/** Status lines and request lines begin with a capital letter; undefined: nothing has arrived. */
function mayBeCapital(byte: number | undefined): boolean {
  return byte === undefined || (byte >= CAPITAL_A && byte <= CAPITAL_Z);
}

function mayBeginHead(text: string): boolean {
  return PROTOCOL.startsWith(text.slice(0, PROTOCOL.length));
}
