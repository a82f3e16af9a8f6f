// Measures other costs: `check`, and many small captures.
import { writeInput, writeSmallCaptures } from "../inputs/inputs.ts";
import { type Costs, measureCpu } from "../measure.ts";
import { PROGRAM, ssescope } from "../programs.ts";
import type { Section } from "../section.ts";
import { ratioOf, spreadOf } from "../statistics.ts";
import { seconds, table, times } from "../table.ts";

/** The number of captures is the size of the large input divided by this. */
const BYTES_PER_CAPTURE = 10_000;

/** Captures checked in a process each; all of them would take minutes. */
const SINGLES = 50;

export const ratios: Section = {
  name: "ratios",
  isQuoted: true,
  run({ rounds, bytes, folder }) {
    const file = writeInput(folder, "responses-text", bytes);
    const [check = [], inspect = []] = measureCpu(
      [{ command: `node ${PROGRAM} check ${file}` }, ssescope(file)],
      rounds,
    );

    const count = Math.max(SINGLES, bytes / BYTES_PER_CAPTURE);
    const captures = writeSmallCaptures(folder, count);
    // A capture with findings would change the exit code, and the measurement would fail.
    const [together = [], singles = []] = measureCpu(
      [
        { command: `node ${PROGRAM} check ${captures}/*.sse` },
        {
          command: `for capture in $(ls -d ${captures}/* | head -${SINGLES}); do node ${PROGRAM} check $capture; done`,
        },
      ],
      rounds,
    );
    const each = scaled(singles, count / SINGLES);

    return (
      table([
        ["", "CPU s", "compared with", "CPU s", "ratio", "aim"],
        ["check of the large input", ...of(check), "inspecting it", ...against(check, inspect), "≤ 1.3×"],
        [
          `${count.toLocaleString("en")} small captures, a process each`,
          ...of(each),
          "one check of all",
          ...against(each, together),
          "≥ 20×",
        ],
      ]) + `\nA process each: measured for ${SINGLES} captures, multiplied by ${count / SINGLES}.\n`
    );
  },
};

function scaled(costs: Costs, factor: number): Costs {
  return costs.map((cost) => cost * factor);
}

function of(costs: Costs): string[] {
  return [seconds(spreadOf(costs))];
}

function against(costs: Costs, others: Costs, shown = others): string[] {
  return [seconds(spreadOf(shown)), times(ratioOf(costs, others))];
}
