// A loopback server that sends raw bytes, whether they are valid HTTP or not.
import { createHash } from "node:crypto";
import { createServer, type Server, type Socket } from "node:net";
import type { Chunks } from "./cuts.ts";

/** The responses to connections, in order; all further connections get the last one. */
export interface Script {
  readonly responses: readonly Buffer[];
  /** Cuts each response into chunks. */
  readonly cut: (response: Uint8Array) => Chunks;
}

/** A placeholder in a response, replaced with the value of `Sec-WebSocket-Accept`. */
export const ACCEPT_MARK = "@ACCEPT@";

const KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

let running: Promise<{ server: Server; port: number }> | null = null;
let script: Script = { responses: [], cut: (response) => [response] };
let connections = 0;
const sockets = new Set<Socket>();

/** Sets the responses of the server and returns its port. */
export async function serveRaw(next: Script): Promise<number> {
  for (const socket of sockets) socket.destroy();
  script = next;
  connections = 0;
  running ??= startServer();
  return (await running).port;
}

function startServer(): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.setNoDelay(true);
    socket.once("data", (request) => {
      const { responses, cut } = script;
      const response = responses[Math.min(connections, responses.length - 1)] ?? Buffer.alloc(0);
      connections += 1;
      void send(socket, cut(withAccept(response, request.toString("latin1"))));
    });
  });
  // The server does not keep the fuzzer running.
  server.unref();
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({ server, port: typeof address === "object" && address !== null ? address.port : 0 });
    }),
  );
}

function withAccept(response: Buffer, request: string): Buffer {
  const key = /^sec-websocket-key: *(.*?)\r$/im.exec(request)?.[1] ?? "";
  const accept = createHash("sha1")
    .update(key + KEY_SUFFIX)
    .digest("base64");
  return Buffer.from(response.toString("latin1").replaceAll(ACCEPT_MARK, accept), "latin1");
}

async function send(socket: Socket, chunks: Chunks): Promise<void> {
  for (const chunk of chunks) {
    if (socket.destroyed) return;
    // Each chunk is flushed, so that chunks can arrive one by one.
    await new Promise((resolve) => socket.write(chunk, resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.end();
}
