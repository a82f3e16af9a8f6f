// Compares readers on other protocols and other kinds of input, because costs differ between them.
import { statSync } from "node:fs";
import { type InputName, writeInput } from "../inputs/inputs.ts";
import { measureCpu, type Script } from "../measure.ts";
import { demandClean, eventsourceParser, jsonParse, ssescope } from "../programs.ts";
import type { Section } from "../section.ts";
import { ratioOf, spreadOf } from "../statistics.ts";
import { seconds, table, times } from "../table.ts";

const shapes: readonly { readonly input: InputName; readonly title: string }[] = [
  { input: "responses-text", title: "Responses, text" },
  { input: "responses-text-alphabetical", title: "Responses, text, fields in alphabetical order" },
  { input: "responses-tools", title: "Responses, tool calls" },
  { input: "chat-text", title: "Chat Completions, text" },
  { input: "chat-choices", title: "Chat Completions, text of two choices in turn" },
  { input: "chat-tools", title: "Chat Completions, tool calls" },
  { input: "anthropic-text", title: "Anthropic, text" },
  { input: "anthropic-tools", title: "Anthropic, tool calls" },
  { input: "huge-line", title: "one huge line of Base64" },
];

/** Size, as a share of the large input. */
const SHARE = 0.2;
const ONE_BYTE_SHARE = 0.003;

export const inputs: Section = {
  name: "inputs",
  isQuoted: true,
  run({ rounds, bytes, folder }) {
    const files = shapes.map(({ input, title }) => ({ title, file: writeInput(folder, input, bytes * SHARE) }));
    const small = writeInput(folder, "responses-text", bytes * ONE_BYTE_SHARE);
    demandClean([...files.map(({ file }) => file), small]);
    const cases = files.map(({ title, file }) => ({ title, file, scripts: readersOf(file) }));
    const oneByte = readersOf("-").map((script) => inOneByteChunks(script, small));
    const rows = [...cases, { title: "one-byte chunks", file: small, scripts: oneByte }].map(
      ({ title, file, scripts }) => {
        const [own = [], parser = [], floor = []] = measureCpu(scripts, rounds);
        const megabytes = statSync(file).size / 1_000_000;
        return [
          title,
          megabytes.toFixed(megabytes < 10 ? 1 : 0),
          seconds(spreadOf(own)),
          (megabytes / spreadOf(own).median).toFixed(megabytes < 10 ? 1 : 0),
          times(ratioOf(parser, own)),
          times(ratioOf(floor, own)),
        ];
      },
    );
    return table([
      ["input", "MB", "ssescope, CPU s", "MB/s", "eventsource-parser, JSON.parse", "JSON.parse alone"],
      ...rows,
    ]);
  },
};

function readersOf(file: string): Script[] {
  return [ssescope(file), eventsourceParser(file), jsonParse(file)];
}

function inOneByteChunks({ command }: Script, file: string): Script {
  const preloaded = command.replace(/^node /, "node --import ./coverage/bench/one-byte-chunks.js ");
  return { command: `SSESCOPE_BENCH_INPUT=${file} ${preloaded}` };
}
