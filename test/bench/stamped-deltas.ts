// A loopback server, in its own thread, whose deltas contain the time at which they are sent.
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

export const DELTAS = 200;
export const PERIOD_MS = 10;

/** The monotonic clock in microseconds, the same for all processes of the machine. */
export function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

function serveDeltas(port: number): void {
  const server = createServer(async (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const send = (payload: { readonly type: string; readonly [key: string]: unknown }): void => {
      response.write(`event: ${payload.type}\ndata: ${JSON.stringify(payload)}\n\n`);
    };
    send({ type: "response.created", sequence_number: 0, response: { id: "resp_1", object: "response" } });
    await setTimeout(PERIOD_MS * 10);
    for (let index = 1; index <= DELTAS; index += 1) {
      send({
        type: "response.output_text.delta",
        sequence_number: index,
        output_index: 0,
        content_index: 0,
        item_id: "msg_1",
        delta: `${nowUs()} `,
      });
      await setTimeout(PERIOD_MS);
    }
    response.end();
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a worker, not of a window
  server.listen(port, "127.0.0.1", () => parentPort?.postMessage(server.address()));
}

/** Starts the server on a port (0: any free one). `module`: the bundle with this code, which must call `run`. */
export async function startDeltas(
  module: string,
  port: number,
): Promise<{ readonly port: number; readonly stop: () => Promise<number> }> {
  const worker = new Worker(new URL(module), { workerData: { port } });
  const address = await new Promise<{ port: number }>((resolve) => worker.once("message", resolve));
  return { port: address.port, stop: () => worker.terminate() };
}

/** Runs the comparison, or the server if called in its thread. */
export async function run(compare: () => Promise<void>): Promise<void> {
  if (isMainThread) await compare();
  else serveDeltas(portOf(workerData));
}

function portOf(data: unknown): number {
  return typeof data === "object" && data !== null && "port" in data ? Number(data.port) : 0;
}

/** A quantile of ascending values: `share` is 0.5 for the median. */
export function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
}

export function median(values: readonly number[]): number {
  return at(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

export function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
