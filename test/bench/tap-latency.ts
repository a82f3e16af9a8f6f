// `npm run bench:tap`: measures the delay that `ssescope tap` adds to deltas and response headers. To compare it with
// another proxy that forwards to port 18760: `npm run bench:tap -- nginx=http://127.0.0.1:18761`. All run in turn, for
// several rounds. No test depends on the results.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { at, DELTAS, median, PERIOD_MS, run, startDeltas, write } from "./stamped-deltas.ts";

const ROUNDS = 5;
const UPSTREAM_PORT = 18760;

/** Requests the stream; prints the time to the headers, then the delay of each delta, in microseconds. */
const CLIENT = `
const http = require("node:http");
const now = () => Number(process.hrtime.bigint() / 1000n);
const askedAt = now();
http.get(process.argv[1], (response) => {
  process.stdout.write((now() - askedAt) + " ");
  let rest = "";
  response.setEncoding("utf8").on("data", (text) => {
    const arrivedAt = now();
    const events = (rest + text).split("\\n\\n");
    rest = events.pop();
    for (const event of events) {
      const { type, delta } = JSON.parse(event.slice(event.indexOf("data: ") + 6));
      if (type === "response.output_text.delta") process.stdout.write((arrivedAt - Number(delta)) + " ");
    }
  });
});`;

interface Measured {
  readonly headMs: number;
  /** In ascending order. */
  readonly deltaMs: readonly number[];
}

async function measure(origin: string): Promise<Measured> {
  const child = spawn(process.execPath, ["-e", CLIENT, `${origin}/v1/responses`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const piece of child.stdout.setEncoding("utf8")) text += String(piece);
  const [headMs = NaN, ...deltaMs] = text
    .trim()
    .split(" ")
    .map((us) => Number(us) / 1000);
  return { headMs, deltaMs: deltaMs.sort((a, b) => a - b) };
}

async function startTap(): Promise<{ readonly origin: string; stop(): void }> {
  const upstream = `http://127.0.0.1:${UPSTREAM_PORT}`;
  const child = spawn(process.execPath, ["bin/ssescope.js", "tap", upstream], { stdio: ["ignore", "pipe", "ignore"] });
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  child.stdout.resume();
  return { origin: String(line).trim(), stop: () => void child.kill("SIGINT") };
}

async function compare(): Promise<void> {
  const { stop } = await startDeltas(import.meta.url, UPSTREAM_PORT);
  const tap = await startTap();
  const others = process.argv.slice(2).map((given) => {
    const [name = "", origin = ""] = given.split(/=(.*)/s);
    return [name, origin] as const;
  });
  const ways = [["direct", `http://127.0.0.1:${UPSTREAM_PORT}`], ["tap", tap.origin], ...others] as const;
  const rounds = new Map(ways.map(([name]) => [name, [] as Measured[]]));
  // One run that does not count: the first request to a server loads its code.
  for (const [, origin] of ways) await measure(origin);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, origin] of ways) rounds.get(name)?.push(await measure(origin));
  }
  write(`${DELTAS} deltas, one every ${PERIOD_MS} ms, medians of ${ROUNDS} rounds, in ms\n`);
  write("way           delta, median    p95    headers");
  for (const [name, all] of rounds) {
    const figures = [
      median(all.map(({ deltaMs }) => at(deltaMs, 0.5))),
      median(all.map(({ deltaMs }) => at(deltaMs, 0.95))),
      median(all.map(({ headMs }) => headMs)),
    ].map((ms) => ms.toFixed(3));
    write(`${name.padEnd(12)}  ${figures[0]?.padStart(13)}  ${figures[1]}      ${figures[2]}`);
  }
  tap.stop();
  await stop();
}

await run(compare);
