// A proxy on the loopback for one test: it tunnels (CONNECT), or forwards http requests.
import { createServer, request, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { listen } from "./server.ts";

export interface TestProxy {
  readonly port: number;
  /** `CONNECT host:port` or `GET http://…`, and its authorization. */
  readonly requests: readonly { readonly line: string; readonly authorization: string | null }[];
}

/** Starts a proxy; `refuses`: the status to send in place of a tunnel. */
export async function serveProxy(refuses: number | null = null): Promise<TestProxy> {
  const requests: { line: string; authorization: string | null }[] = [];
  const note = ({ method, url, headers }: IncomingMessage): void => {
    requests.push({ line: `${method} ${url}`, authorization: headers["proxy-authorization"] ?? null });
  };
  const server = createServer((incoming, outgoing) => {
    note(incoming);
    const { "proxy-authorization": _, ...headers } = incoming.headers;
    const onward = request(incoming.url ?? "", { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  server.on("connect", (incoming: IncomingMessage, client: Socket) => {
    note(incoming);
    if (refuses !== null) return void client.end(`HTTP/1.1 ${refuses} No\r\n\r\n`);
    const [host = "", port = ""] = (incoming.url ?? "").split(":");
    const target = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connected\r\n\r\n");
      target.pipe(client).pipe(target);
    });
    for (const socket of [client, target]) socket.on("error", () => {});
  });
  return { port: await listen(server), requests };
}
