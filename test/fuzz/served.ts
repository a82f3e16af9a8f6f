// Requests a server of the program with a raw client: responses must be valid HTTP and deny access to web pages.
import { connect } from "node:net";
import { jumpingClock } from "../support/clocks.ts";
import { start } from "../support/live.ts";
import { BrokenPromise } from "./perform.ts";

/** The client leaves after this much silence: some responses never end, because they were recorded so. */
const SILENCE_MS = 60;
const MOST_BYTES = 4_000_000;

/** Starts a serving command, requests each path, and stops it. Returns the raw responses. Throws BrokenPromise. */
export async function served(argv: readonly string[], paths: readonly string[]): Promise<Buffer[]> {
  const { stdout, stderr, exitCode, interrupt } = start(argv, { clock: jumpingClock() });
  const early = exitCode.then((code) => ({ code }));
  const started = await Promise.race([early, stdout.holds("\n").then(() => null)]);
  const responses: Buffer[] = [];
  if (started === null) {
    const port = Number(new URL(stdout.text().trim().split("\n")[0] ?? "").port);
    for (const path of paths) responses.push(await ask(port, path));
    interrupt();
  }
  const code = await exitCode;
  if (started === null ? code !== 130 && code !== 0 && code !== 2 : code !== 2) {
    throw new BrokenPromise(`exit code ${code}: ${stderr.text().slice(0, 200)}`);
  }
  for (const response of responses) refuseUnlawful(response);
  return responses;
}

/** All bytes of a response, until the connection ends or is silent. */
export function ask(port: number, path: string, headers: readonly string[] = []): Promise<Buffer> {
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    let bytes = 0;
    const socket = connect(port, "127.0.0.1");
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    socket.on("data", (chunk) => {
      received.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BYTES) socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(Buffer.concat(received)));
    const body = '{"model":"gpt-5","stream":true}';
    const head = [`POST ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, "Content-Type: application/json", ...headers];
    socket.write([...head, `Content-Length: ${body.length}`, "Connection: close", "", body].join("\r\n"));
  });
}

const STATUS_LINE = /^HTTP\/1\.1 \d{3} [\t\x20-\x7e\x80-\xff]*$/;
/** https://www.rfc-editor.org/rfc/rfc9110#section-5.5 */
const HEADER_LINE = /^[!#$%&'*+\-.^`|~\w]+:[\t\x20-\x7e\x80-\xff]*$/;

function refuseUnlawful(response: Buffer): void {
  if (response.length === 0) return;
  const [head = ""] = response.toString("latin1").split("\r\n\r\n", 1);
  const [status = "", ...headers] = head.split("\r\n");
  if (!STATUS_LINE.test(status)) throw new BrokenPromise(`the status line ${JSON.stringify(status)}`);
  for (const line of headers) {
    if (!HEADER_LINE.test(line)) throw new BrokenPromise(`the header ${JSON.stringify(line)}`);
    if (/^access-control-/i.test(line)) throw new BrokenPromise("any web page can read the replay");
  }
}
