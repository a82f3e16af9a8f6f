// `npm run fuzz`: changes fixtures at random, reads each input in several ways, and prints what crashes or differs.
import { mkdirSync, writeFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { describeFailure, makeInput, tryInput } from "./campaign.ts";
import { startWatchdog } from "./watchdog.ts";
import { readings } from "./perform.ts";
import { targets } from "./targets/index.ts";

interface FuzzOptions {
  readonly target: readonly string[] | undefined;
  readonly seed: string;
  readonly seconds: number;
  readonly from: number;
  readonly inputs: number;
}

const FOLDER = "coverage/fuzz";
const PROGRESS_EVERY = 500;

const {
  target: names,
  seed,
  seconds,
  from,
  inputs,
} = new Command("npm run fuzz --")
  .description("change fixtures at random, and read each input in several ways")
  .addOption(new Option("--target <names...>", "fuzz only these").choices(targets.map(({ name }) => name)))
  .option("--seed <word>", "use this seed; the same seed gives the same inputs", String(Date.now()))
  .option("--seconds <number>", "stop after this time", wholeNumber, 60)
  .option("--from <number>", "begin with this input", wholeNumber, 0)
  .option("--inputs <number>", "stop after this many inputs", wholeNumber, Infinity)
  .parse()
  .opts<FuzzOptions>();

const endMs = performance.now() + seconds * 1000;
const chosen = targets.filter(({ name }) => names === undefined || names.includes(name));
const sorts = new Map<string, number>();
const counts = new Map(chosen.map(({ name }) => [name, 0]));
let slowest = { what: "", ms: 0 };
let number = from;
mkdirSync(FOLDER, { recursive: true });
say(`seed ${seed}`);
const watchdog = startWatchdog();
for (; number - from < inputs && performance.now() < endMs; number += 1) {
  for (const target of chosen) {
    const startMs = performance.now();
    const input = makeInput(target, seed, number);
    watchdog.watch(`target ${target.name}, seed ${seed}, input ${number} (in ${FOLDER}/input)`);
    // The file remains if the fuzzer hangs or runs out of memory.
    writeFileSync(`${FOLDER}/input`, input.bytes);
    const failures = await tryInput(seed, input, ({ trial, way, sort }) => {
      const key = `${target.name}: ${trial.name}, ${way}: ${sort}`;
      const count = (sorts.get(key) ?? 0) + 1;
      sorts.set(key, count);
      return count > 1;
    });
    for (const failure of failures) {
      const path = `${FOLDER}/${target.name}-${seed}-${number}-${failure.fault.trial.name.replaceAll(/\W+/g, "-")}`;
      writeFileSync(path, failure.reduced);
      say(`\n${describeFailure(seed, failure)}\nwritten to ${path}`);
    }
    const ms = performance.now() - startMs;
    if (failures.length === 0 && ms > slowest.ms) slowest = { what: `${target.name} ${number}`, ms };
    counts.set(target.name, (counts.get(target.name) ?? 0) + 1);
  }
  if ((number + 1) % PROGRESS_EVERY === 0) process.stderr.write(`${number + 1} inputs of each target\n`);
}
watchdog.end();
say(`\ninputs: ${Array.from(counts, ([name, count]) => `${count} ${name}`).join(", ")}`);
say(`readings: ${readings.count}; the slowest input is ${slowest.what}: ${Math.round(slowest.ms)} ms`);
say(`faults: ${sorts.size}`);
for (const [sort, times] of sorts) say(`${String(times).padStart(6)} × ${sort}`);
process.exitCode = sorts.size === 0 ? 0 : 1;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("expected a whole number");
  return Number(text);
}
