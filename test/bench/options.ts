// Parses the options of `npm run bench`.
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

/** Other inputs are a fraction of the large one, so they would be too small to measure. */
const LEAST_BYTES = 1e6;

export function readOptions(sectionNames: readonly string[]): BenchOptions {
  const command = new Command("npm run bench --")
    .description("compare the speed and memory of ssescope with other stream readers")
    .option("--rounds <number>", "set how often each program runs", wholeNumber, 5)
    .option("--size <size>", "set the size of the large input: 100m, 1g; others scale", size, 100_000_000)
    .addOption(
      new Option("--only <names>", `run only these sections: ${sectionNames.join(",")}`).argParser(
        listOf(sectionNames),
      ),
    )
    .option("--skip-large", "skip the input that is ten times as large")
    .option("--against <file>", "also measure the bin/ssescope.js of another checkout", file)
    .option("--renew-guide", "write the results into the guide")
    .option("--write-inputs <folder>", "write the inputs into a folder, and measure nothing")
    .addOption(new Option("--print <input>", "print an input of --size, and measure nothing").choices(inputNames))
    .parse();
  const options = command.opts<BenchOptions>();
  if (options.print === undefined && options.size < LEAST_BYTES) {
    command.error("error: --size must be at least 1m: smaller inputs are too short to measure");
  }
  return options;
}

function file(path: string): string {
  if (!existsSync(path)) throw new InvalidArgumentError("no such file");
  return path;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("expected a whole number >= 1");
  return Number(text);
}

const FACTORS: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, g: 1e9 };

function size(text: string): number {
  const { number, unit = "" } = /^(?<number>\d+)(?<unit>[kmg]?)$/.exec(text)?.groups ?? {};
  if (number === undefined) throw new InvalidArgumentError("expected a size such as 100m");
  return Number(number) * (FACTORS[unit] ?? NaN);
}

function listOf(names: readonly string[]): (text: string) => string[] {
  return (text) => {
    const asked = text.split(",");
    const unknown = asked.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new InvalidArgumentError(`there is no section ${unknown}`);
    return asked;
  };
}
