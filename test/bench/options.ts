// What `npm run bench -- …` understands.
import { existsSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { type InputName, inputNames } from "./inputs/inputs.ts";

export interface BenchOptions {
  readonly rounds: number;
  readonly size: number;
  readonly only?: readonly string[];
  readonly skipLarge?: true;
  readonly against?: string;
  readonly renewGuide?: true;
  readonly writeInputs?: string;
  readonly print?: InputName;
}

/** Other inputs are a fraction of the large one. */
const LEAST_BYTES = 1e6;

export function readOptions(sectionNames: readonly string[]): BenchOptions {
  const command = new Command("npm run bench --")
    .description("measure how fast the program is, beside others that read the same streams")
    .option("--rounds <number>", "how often each is run, in turn with the others", wholeNumber, 5)
    .option("--size <size>", "bytes of the large input: 100m, 1g; other sizes follow from it", size, 100_000_000)
    .addOption(new Option("--only <names>", `some of it: ${sectionNames.join(",")}`).argParser(listOf(sectionNames)))
    .option("--skip-large", "leave out the input of ten times the size")
    .option("--against <file>", "another one to measure beside it, such as bin/ssescope.js of another checkout", file)
    .option("--renew-guide", "write what its guide quotes")
    .option("--write-inputs <folder>", "only write the inputs into a folder")
    .addOption(new Option("--print <input>", "only print an input of that size").choices(inputNames))
    .parse();
  const options = command.opts<BenchOptions>();
  if (options.print === undefined && options.size < LEAST_BYTES) {
    command.error("error: --size must be 1m at least: in less there is nothing to measure");
  }
  return options;
}

function file(path: string): string {
  if (!existsSync(path)) throw new InvalidArgumentError("there is no such file");
  return path;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("it must be a whole number from 1 on");
  return Number(text);
}

const FACTORS: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, g: 1e9 };

function size(text: string): number {
  const { number, unit = "" } = /^(?<number>\d+)(?<unit>[kmg]?)$/.exec(text)?.groups ?? {};
  if (number === undefined) throw new InvalidArgumentError("it must be a number of bytes, such as 100m");
  return Number(number) * (FACTORS[unit] ?? NaN);
}

function listOf(names: readonly string[]): (text: string) => string[] {
  return (text) => {
    const asked = text.split(",");
    const unknown = asked.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new InvalidArgumentError(`there is no ${unknown}`);
    return asked;
  };
}
