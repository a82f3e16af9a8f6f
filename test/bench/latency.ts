// `npm run bench:latency`: measures how much later ssescope writes a delta than a bare Node.js client. A loopback
// server puts the time into each delta; this program compares it with the time at which it reads the delta from the
// client's stdout. Both clients run in turn, for several rounds. No test depends on the results.
import { spawn } from "node:child_process";
import { at, DELTAS, median, nowUs, PERIOD_MS, run, startDeltas, write } from "./stamped-deltas.ts";

const ROUNDS = 5;

/** A typical client: it writes the deltas of a stream as they arrive. */
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

/** The latencies of one run of a client, in ms, in ascending order. */
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

async function compare(): Promise<void> {
  const { port, stop } = await startDeltas(import.meta.url, 0);
  const url = `http://127.0.0.1:${port}/v1/responses`;
  write(`${DELTAS} deltas, one every ${PERIOD_MS} ms, ${ROUNDS} rounds; ms from the server to the client's stdout\n`);
  write("round  client    median     p95     max");
  const medians: Record<keyof typeof clients, number[]> = { bare: [], ssescope: [] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const name of ["bare", "ssescope"] as const) {
      const latencies = await measure(clients[name](url));
      const figures = [0.5, 0.95, 1].map((share) => at(latencies, share).toFixed(3));
      write(`${String(round).padStart(5)}  ${name.padEnd(8)}  ${figures.join("   ")}`);
      medians[name].push(at(latencies, 0.5));
    }
  }
  const [bare, ours] = [median(medians.bare), median(medians.ssescope)];
  const figures = `bare ${bare.toFixed(3)} ms, ssescope ${ours.toFixed(3)} ms, ${(ours - bare).toFixed(3)} ms later`;
  write(`\nmedian of the medians: ${figures}`);
  await stop();
}

await run(compare);
