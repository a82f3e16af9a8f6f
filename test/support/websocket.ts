// A WebSocket server on the loopback interface for one test: it sends messages to each client, and closes.
// https://www.rfc-editor.org/rfc/rfc6455
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { listen, type ServerOptions } from "./server.ts";

const ACCEPTING = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const TEXT_FRAME = 0x81;
const CLOSE_FRAME = 0x88;
const NORMAL_CLOSURE = 1000;

interface MessageOptions extends ServerOptions {
  /** Wait for the client's first data before sending. */
  readonly waits?: boolean;
}

/** Returns the address, `127.0.0.1:PORT`, of a server that sends each line as a message. */
export async function serveMessages(lines: readonly string[], { tls, waits }: MessageOptions = {}): Promise<string> {
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  server.on("upgrade", ({ headers }, socket) => {
    const key = headers["sec-websocket-key"] ?? "";
    const accept = createHash("sha1").update(`${key}${ACCEPTING}`).digest("base64");
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n`);
    const [protocol] = headers["sec-websocket-protocol"]?.split(",", 1) ?? [];
    if (protocol !== undefined) socket.write(`sec-websocket-protocol: ${protocol}\r\n`);
    socket.write(`sec-websocket-accept: ${accept}\r\n\r\n`);
    if (waits === true) socket.once("data", send);
    else send();

    function send(): void {
      for (const line of lines) socket.write(frameOf(TEXT_FRAME, Buffer.from(line)));
      const code = Buffer.alloc(2);
      code.writeUInt16BE(NORMAL_CLOSURE);
      socket.end(frameOf(CLOSE_FRAME, code));
    }
  });
  return `127.0.0.1:${await listen(server)}`;
}

function frameOf(head: number, payload: Buffer): Buffer {
  const LONGEST_SHORT = 125;
  const TWO_BYTES = 126;
  if (payload.length <= LONGEST_SHORT) return Buffer.concat([Buffer.from([head, payload.length]), payload]);
  const prefix = Buffer.from([head, TWO_BYTES, 0, 0]);
  prefix.writeUInt16BE(payload.length, 2);
  return Buffer.concat([prefix, payload]);
}
