// Measures the cost of a small capture among many, and how much several jobs help.
import { availableParallelism } from "node:os";
import { writeSmallCaptures } from "../inputs/inputs.ts";
import { type Costs, measureCpu, measureWall } from "../measure.ts";
import { PROGRAM } from "../programs.ts";
import type { Section } from "../section.ts";
import { ratioOf, spreadOf } from "../statistics.ts";
import { seconds, table, times } from "../table.ts";

/** The number of captures is the size of the large input divided by this. */
const BYTES_PER_CAPTURE = 10_000;
const FEWEST = 1000;
/** The share of the ideal speed-up that several jobs must reach. */
const LEAST_SCALING = 0.8;

export const many: Section = {
  name: "many",
  isQuoted: false,
  run({ against, rounds, bytes, folder }) {
    const count = Math.max(FEWEST, bytes / BYTES_PER_CAPTURE);
    const captures = writeSmallCaptures(folder, count);
    const one = { command: `node ${PROGRAM} check --jobs 1 ${captures}` };
    const cores = availableParallelism();
    const several = { command: `node ${PROGRAM} check --jobs ${cores} ${captures}` };
    const others = against === null ? [] : [{ command: `node ${against} check ${captures}` }];
    const [own = [], ...before] = measureCpu([one, ...others], rounds);
    const [alone = [], together = []] = measureWall([one, several], rounds);
    const title = `${count.toLocaleString("en")} small captures`;
    return (
      table([
        ["", "s", "beside", "s", "ratio", "aim"],
        ...before.map((cost) => row(`${title}, CPU, ${against}`, cost, "this one", own, "≥ 4×")),
        row(`${title}, elapsed`, alone, `${cores} jobs`, together, `≥ ${(cores * LEAST_SCALING).toFixed(1)}×`),
      ]) + `\nPer capture: ${((spreadOf(own).median / count) * 1000).toFixed(2)} ms CPU, with one job.\n`
    );
  },
};

function row(title: string, costs: Costs, beside: string, others: Costs, aim: string): string[] {
  return [title, seconds(spreadOf(costs)), beside, seconds(spreadOf(others)), times(ratioOf(costs, others)), aim];
}
