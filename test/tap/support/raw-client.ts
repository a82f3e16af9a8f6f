// A client that sees a response as on the wire: its headers, HTTP chunks, and how its connection ends.
import { connect } from "node:net";

export interface RawResponse {
  /** Status line and headers without those of the connection, and without the date. */
  readonly head: readonly string[];
  readonly body: Buffer;
  /** The offsets in the body at which HTTP chunks end; empty if it is not chunked. */
  readonly chunkEnds: readonly number[];
  /** `whole`: the response ended as HTTP requires; `closed` and `reset`: its connection ended earlier. */
  readonly ending: "whole" | "closed" | "reset";
}

export interface RawRequest {
  readonly port: number;
  readonly head?: readonly string[];
  readonly body?: string;
  /** Leave after this many bytes of the response. */
  readonly leaveAfter?: number;
}

/** Sends a request and reads until the connection ends. */
export function rawRequest({ port, head, body = "{}", leaveAfter = Infinity }: RawRequest): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const received: Buffer[] = [];
    let bytes = 0;
    let isReset = false;
    const lines = head ?? ["POST /v1/responses HTTP/1.1", "Authorization: Bearer sk-very-secret-key"];
    const length = Buffer.byteLength(body);
    socket.write(
      [...lines, `Host: 127.0.0.1:${port}`, `Content-Length: ${length}`, "Connection: close", "", body].join("\r\n"),
    );
    socket.on("data", (chunk) => {
      received.push(chunk);
      bytes += chunk.length;
      if (bytes >= leaveAfter) socket.destroy();
    });
    socket.on("error", (error) => {
      if ("code" in error && error.code === "ECONNRESET") isReset = true;
      else reject(error);
    });
    socket.on("close", () => resolve(readResponse(Buffer.concat(received), isReset)));
  });
}

const OF_CONNECTION = /^(?:connection|keep-alive|transfer-encoding|date):/i;

function readResponse(bytes: Buffer, isReset: boolean): RawResponse {
  const headEnd = bytes.indexOf("\r\n\r\n");
  const lines = bytes.toString("latin1", 0, Math.max(headEnd, 0)).split("\r\n");
  const head = lines.filter((line) => !OF_CONNECTION.test(line));
  const rest = bytes.subarray(headEnd + 4);
  if (headEnd === -1) return { head: [], body: Buffer.alloc(0), chunkEnds: [], ending: isReset ? "reset" : "closed" };
  const isChunked = lines.some((line) => /^transfer-encoding: *chunked/i.test(line));
  const { body, chunkEnds, isWhole } = isChunked ? readChunks(rest) : plain(rest, lines);
  return { head, body, chunkEnds, ending: isWhole ? "whole" : isReset ? "reset" : "closed" };
}

function plain(rest: Buffer, lines: readonly string[]) {
  const [, length] = /^content-length: *(\d+)/im.exec(lines.join("\n")) ?? [];
  return { body: rest, chunkEnds: [], isWhole: length === undefined || rest.length === Number(length) };
}

function readChunks(rest: Buffer) {
  const parts: Buffer[] = [];
  const chunkEnds: number[] = [];
  let length = 0;
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf("\r\n", at);
    if (lineEnd === -1) break;
    const size = Number.parseInt(rest.toString("latin1", at, lineEnd), 16);
    if (size === 0) return { body: Buffer.concat(parts), chunkEnds, isWhole: true };
    const part = rest.subarray(lineEnd + 2, lineEnd + 2 + size);
    parts.push(part);
    length += part.length;
    if (part.length < size) break;
    chunkEnds.push(length);
    at = lineEnd + 2 + size + 2;
  }
  return { body: Buffer.concat(parts), chunkEnds, isWhole: false };
}
