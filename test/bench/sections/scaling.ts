// Checks that time grows in proportion to the input: by bytes, and by items, which the report keeps.
import { readFileSync, statSync } from "node:fs";
import { type InputName, writeInput } from "../inputs/inputs.ts";
import { measureCpu } from "../measure.ts";
import { SMALL_CAPTURE, ssescope } from "../programs.ts";
import type { Section } from "../section.ts";
import { spreadOf } from "../statistics.ts";
import { seconds, table } from "../table.ts";

const ITEMS: InputName = "responses-items";

const cases: readonly { readonly input: InputName; readonly share: number }[] = [
  { input: "responses-text", share: 0.1 },
  { input: "responses-text", share: 0.5 },
  { input: "responses-text", share: 1 },
  { input: ITEMS, share: 0.02 },
  { input: ITEMS, share: 0.1 },
  { input: ITEMS, share: 0.5 },
];

export const scaling: Section = {
  name: "scaling",
  isQuoted: false,
  run({ rounds, bytes, folder }) {
    const files = cases.map(({ input, share }) => writeInput(folder, input, bytes * share));
    const [start = [], ...costs] = measureCpu(
      [SMALL_CAPTURE, ...files].map((file) => ssescope(file)),
      rounds,
    );
    const rows = files.map((file, index) => {
      const megabytes = statSync(file).size / 1_000_000;
      const items = itemsOf(file);
      const withoutStart = spreadOf((costs[index] ?? []).map((cost, round) => cost - (start[round] ?? NaN)));
      return [
        cases[index]?.input ?? "",
        megabytes.toFixed(megabytes < 10 ? 1 : 0),
        items.toLocaleString("en"),
        seconds(withoutStart),
        ((withoutStart.median * 1000) / megabytes).toFixed(1),
        cases[index]?.input === ITEMS ? ((withoutStart.median * 1_000_000) / items).toFixed(0) : "",
      ];
    });
    return table([["input", "MB", "items", "CPU s, without start-up", "ms per MB", "µs per item"], ...rows]);
  },
};

function itemsOf(file: string): number {
  return readFileSync(file, "latin1").split("event: response.output_item.added").length - 1;
}
