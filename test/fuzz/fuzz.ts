// `npm run fuzz`: changes fixtures at random, reads each input in several ways, and prints what crashes or differs.
import { mkdirSync, writeFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { describeFailure, makeInput, tryInput } from "./campaign.ts";

interface FuzzOptions {
  readonly seed: string;
  readonly seconds: number;
  readonly from: number;
  readonly inputs: number;
}

const FOLDER = "coverage/fuzz";
const PROGRESS_EVERY = 500;

const { seed, seconds, from, inputs } = new Command("npm run fuzz --")
  .description("change fixtures at random, and compare the ways in which each input can be read")
  .option("--seed <word>", "the same seed gives the same inputs", String(Date.now()))
  .option("--seconds <number>", "stop after this time", wholeNumber, 60)
  .option("--from <number>", "begin with this input", wholeNumber, 0)
  .option("--inputs <number>", "stop after so many inputs", wholeNumber, Infinity)
  .parse()
  .opts<FuzzOptions>();

const endMs = performance.now() + seconds * 1000;
const sorts = new Map<string, number>();
let slowest = { number: from, ms: 0 };
let number = from;
mkdirSync(FOLDER, { recursive: true });
say(`seed ${seed}`);
for (; number - from < inputs && performance.now() < endMs; number += 1) {
  const startMs = performance.now();
  const input = makeInput(seed, number);
  // If it hangs, or takes all memory, it is there.
  writeFileSync(`${FOLDER}/input`, input.bytes);
  const failures = await tryInput(seed, input, ({ trial, way, sort }) => {
    const key = `${trial.name}, ${way}: ${sort}`;
    const count = (sorts.get(key) ?? 0) + 1;
    sorts.set(key, count);
    return count > 1;
  });
  for (const failure of failures) {
    const path = `${FOLDER}/${seed}-${number}-${failure.fault.trial.name.replaceAll(" ", "-")}`;
    writeFileSync(path, failure.reduced);
    say(`\n${describeFailure(seed, failure)}\nin ${path}`);
  }
  const ms = performance.now() - startMs;
  if (failures.length === 0 && ms > slowest.ms) slowest = { number, ms };
  if ((number + 1) % PROGRESS_EVERY === 0) process.stderr.write(`${number + 1} inputs\n`);
}
const count = number - from;
const slow = `the slowest one is ${slowest.number}: ${Math.round(slowest.ms)} ms`;
say(`\n${count} ${count === 1 ? "input" : "inputs"}, ${slow}\nfaults: ${sorts.size}`);
for (const [sort, times] of sorts) say(`${String(times).padStart(6)} × ${sort}`);
process.exitCode = sorts.size === 0 ? 0 : 1;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("expected a whole number");
  return Number(text);
}
