// Builds the program for `npm run bench`, and in coverage/bench the benchmark and its peers, bundled so that they load
// quickly. The program's source maps go into a separate folder, so that the measured files are those that are shipped.
import { build } from "rolldown";
import program from "../../rolldown.config.js";

const [output = {}] = [program.output].flat();

await build([
  { ...program, output },
  { ...program, output: { ...output, dir: "coverage/bench/map", sourcemap: "hidden" } },
  {
    input: [
      "test/bench/bench.ts",
      "test/bench/peers/eventsource-parser.ts",
      "test/bench/peers/json-parse.ts",
      "test/bench/peers/openai.ts",
      "test/bench/preloads/one-byte-chunks.ts",
      "test/bench/preloads/peak-memory.ts",
    ],
    platform: "node",
    output: { dir: "coverage/bench" },
  },
]);
