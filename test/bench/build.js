// Builds what `npm run bench` needs: the program; in coverage/bench the benchmark, and the peers, bundled so that loading
// them costs little; and the program's source maps, aside, so that what is measured is what is shipped.
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
