// How much later than by a bare client a delta leaves the program: `npm run bench:latency`. A server on the loopback
// stamps its deltas; what is measured is the time until they come out of the other end of the client's stdout. Both
// clients are run in turn, several rounds, in one run; nothing is decided by it.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { Worker, isMainThread, parentPort } from "node:worker_threads";

const ROUNDS = 5;
const DELTAS = 200;
const PERIOD_MS = 10;

/** What most people would write: the deltas of a stream, as they come. */
const BARE_CLIENT = `
require("node:http").get(process.argv[1], (response) => {
  let rest = "";
  response.setEncoding("utf8").on("data", (text) => {
    const events = (rest + text).split("\\n\\n");
    rest = events.pop();
    for (const event of events) {
      const { type, delta } = JSON.parse(event.slice(event.indexOf("data: ") + 6));
      if (type === "response.output_text.delta") process.stdout.write(delta);
    }
  });
});`;

const clients = {
  bare: (url: string) => ["-e", BARE_CLIENT, url],
  ssescope: (url: string) => ["bin/ssescope.js", "--quiet", url],
} as const;

/** Microseconds of the clock that all processes of the machine share. */
function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

function serveDeltas(): void {
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
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's, not a window's
  server.listen(0, "127.0.0.1", () => parentPort?.postMessage(server.address()));
}

/** The latencies of one run of a client, in ms, sorted. */
async function measure(argv: readonly string[]): Promise<number[]> {
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const latencies: number[] = [];
  let rest = "";
  for await (const text of child.stdout.setEncoding("utf8")) {
    const arrivedAtUs = nowUs();
    const stamps = (rest + String(text)).split(" ");
    rest = stamps.pop() ?? "";
    for (const stamp of stamps) latencies.push((arrivedAtUs - Number(stamp)) / 1000);
  }
  return latencies.sort((a, b) => a - b);
}

function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(3);
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function compare(): Promise<void> {
  const worker = new Worker(new URL(import.meta.url));
  const { port } = await new Promise<{ port: number }>((resolve) => worker.once("message", resolve));
  const url = `http://127.0.0.1:${port}/v1/responses`;
  write(`${DELTAS} deltas, one every ${PERIOD_MS} ms, ${ROUNDS} rounds; ms from the server to the end of the pipe\n`);
  write("round  client    median     p95     max");
  const medians: Record<keyof typeof clients, number[]> = { bare: [], ssescope: [] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const name of ["bare", "ssescope"] as const) {
      const latencies = await measure(clients[name](url));
      write(
        `${String(round).padStart(5)}  ${name.padEnd(8)}  ${at(latencies, 0.5)}   ${at(latencies, 0.95)}   ${at(latencies, 1)}`,
      );
      medians[name].push(Number(at(latencies, 0.5)));
    }
  }
  const [bare, ours] = [medians.bare, medians.ssescope].map((values) =>
    Number(
      at(
        values.sort((a, b) => a - b),
        0.5,
      ),
    ),
  );
  write(
    `\nmedian of the medians: bare ${bare} ms, ssescope ${ours} ms, ${((ours ?? NaN) - (bare ?? NaN)).toFixed(3)} ms later`,
  );
  await worker.terminate();
}

if (isMainThread) await compare();
else serveDeltas();
