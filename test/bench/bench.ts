// `npm run bench`: compares the speed and memory of ssescope with other programs that read the same streams. All run in
// turn, for several rounds. No test depends on the results.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { input, inputNames, writeInput, writeSmallCaptures } from "./inputs/inputs.ts";
import { machine } from "./machine.ts";
import { readOptions } from "./options.ts";
import { renewGuide } from "./guide.ts";
import type { Section } from "./section.ts";
import { inputs } from "./sections/inputs.ts";
import { many } from "./sections/many.ts";
import { memory } from "./sections/memory.ts";
import { peers } from "./sections/peers.ts";
import { ratios } from "./sections/ratios.ts";
import { scaling } from "./sections/scaling.ts";
import { startUp } from "./sections/start-up.ts";
import { stages } from "./sections/stages.ts";
import { texts } from "./sections/texts.ts";

/** In the order in which they run. */
const sections: readonly Section[] = [peers, texts, inputs, startUp, ratios, many, memory, scaling, stages];

/** The folder for the inputs of a run. */
const INPUTS = "coverage/bench/inputs";

const options = readOptions(sections.map(({ name }) => name));

if (options.print !== undefined) {
  await pipeline(Readable.from(input(options.print, options.size)), process.stdout);
} else if (options.writeInputs !== undefined) {
  for (const name of inputNames) {
    const bytes = name === "responses-text" ? options.size : options.size / 5;
    process.stdout.write(`${writeInput(options.writeInputs, name, bytes)}\n`);
  }
  process.stdout.write(`${writeSmallCaptures(options.writeInputs, options.size / 10_000)}\n`);
} else {
  process.stdout.write(machine(options));
  const results = sections
    .filter(({ name }) => options.only?.includes(name) ?? true)
    .map((section) => ({ section, text: run(section) }));
  if (options.renewGuide) {
    renewGuide([machine(options), ...results.filter(({ section }) => section.isQuoted).map(({ text }) => text)]);
  }
}

function run(section: Section): string {
  const text = section.run({
    against: options.against ?? null,
    rounds: options.rounds,
    bytes: options.size,
    folder: INPUTS,
    isLargeRead: !options.skipLarge,
  });
  process.stdout.write(`\n${text}`);
  return text;
}
