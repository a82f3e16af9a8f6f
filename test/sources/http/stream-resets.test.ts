// HTTP/2 streams that a server resets in the middle. The server of Node.js ends a stream before it resets it, so this
// one writes its own frames (RFC 9113, 6).
import { createServer, type TLSSocket } from "node:tls";
import { describe, expect, test } from "vitest";
import { hey, heyUntilDelta } from "../../support/captured.ts";
import { run } from "../../support/io.ts";
import { local } from "../../support/private-authority.ts";
import { parseReport } from "../../support/read-report.ts";
import { listen } from "../../support/server.ts";

const DATA = 0;
const HEADERS = 1;
const RST_STREAM = 3;
const SETTINGS = 4;
const END_STREAM = 1;
const END_HEADERS = 4;
const ACKNOWLEDGED = 1;
const PREFACE_BYTES = 24;
const HEADER_BYTES = 9;

function frame(type: number, flags: number, stream: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUIntBE(payload.length, 0, 3);
  header.writeUInt8(type, 3);
  header.writeUInt8(flags, 4);
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
}

/** `:status: 200` of HPACK's table, and a literal. */
function responseHead(): Buffer {
  const texts = ["content-type", "text/event-stream"].flatMap((text) => [
    Buffer.from([text.length]),
    Buffer.from(text, "latin1"),
  ]);
  return Buffer.concat([Buffer.from([0x88, 0]), ...texts]);
}

/** The ids of the streams whose requests have arrived. */
function* requestsIn(received: Buffer): Generator<number> {
  for (let at = PREFACE_BYTES; at + HEADER_BYTES <= received.length;) {
    if (received.readUInt8(at + 3) === HEADERS) yield received.readUInt32BE(at + 5);
    at += HEADER_BYTES + received.readUIntBE(at, 3);
  }
}

/** Responds to each request with `body` and then a reset with this code; null: the end of the stream. */
async function serveFrames(body: Uint8Array, code: number | null): Promise<string> {
  const server = createServer({ ...local, ALPNProtocols: ["h2"] }, (socket: TLSSocket) => {
    let received = Buffer.alloc(0);
    const answered = new Set<number>();
    socket.on("error", () => {});
    socket.write(Buffer.concat([frame(SETTINGS, 0, 0), frame(SETTINGS, ACKNOWLEDGED, 0)]));
    socket.on("data", (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      for (const stream of requestsIn(received)) {
        if (answered.has(stream)) continue;
        answered.add(stream);
        const reason = Buffer.alloc(4);
        reason.writeUInt32BE(code ?? 0);
        const last = code === null ? frame(DATA, END_STREAM, stream) : frame(RST_STREAM, 0, stream, reason);
        socket.write(
          Buffer.concat([frame(HEADERS, END_HEADERS, stream, responseHead()), frame(DATA, 0, stream, body)]),
        );
        // Give the client time to read the data before the reset.
        setTimeout(() => socket.write(last), 50);
      }
    });
  });
  return `https://127.0.0.1:${await listen(server)}/`;
}

async function reportOf(body: Uint8Array, code: number | null) {
  return parseReport((await run([await serveFrames(body, code), "--insecure", "--http2", "--json"])).stdout);
}

describe("A stream of HTTP/2", () => {
  test.each([
    [2, "NGHTTP2_INTERNAL_ERROR"],
    [7, "NGHTTP2_REFUSED_STREAM"],
    [8, "NGHTTP2_CANCEL"],
    [11, "NGHTTP2_ENHANCE_YOUR_CALM"],
  ])("that is reset with code %i in the middle is a transport error.", async (code, name) => {
    expect(await reportOf(heyUntilDelta, code)).toMatchObject({
      verdict: "transport-error",
      exitCode: 6,
      endedBy: "server-reset",
      error: { code: "ERR_HTTP2_STREAM_ERROR", message: expect.stringContaining(name) },
    });
  });

  test("that ends in the middle is truncated.", async () => {
    expect(await reportOf(heyUntilDelta, null)).toMatchObject({ verdict: "truncated", endedBy: "server" });
  });

  test.each([null, 8])("that is whole is completed, whatever follows it: %s.", async (code) => {
    expect(await reportOf(hey, code)).toMatchObject({ verdict: "completed", exitCode: 0 });
  });
});
