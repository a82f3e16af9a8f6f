// The program against what else reads such a stream: the default command, with all rules, and the text into a pipe.
import { statSync } from "node:fs";
import { writeInput } from "../inputs/inputs.ts";
import { measureCpu, measurePeakBytes } from "../measure.ts";
import {
  demandClean,
  demandSameText,
  eventsourceParser,
  eventsourceParserWritingEach,
  jq,
  jsonParse,
  lineCount,
  openai,
  type Reader,
  ssescope,
} from "../programs.ts";
import type { Section } from "../section.ts";
import { ratioOf, spreadOf } from "../statistics.ts";
import { megabytes, seconds, table, times } from "../table.ts";

interface Row {
  readonly reader: Reader | null;
  /** How many times the CPU time of ssescope it should take. */
  readonly aim?: string;
}

/** The share of the large input on which all must agree. */
const AGREEMENT_SHARE = 0.01;

export const peers: Section = {
  name: "peers",
  isQuoted: true,
  run({ against, rounds, bytes, folder }) {
    const rowsOf = (file: string): (Row & { readonly reader: Reader })[] =>
      [
        { reader: ssescope(file) },
        { reader: against === null ? null : ssescope(file, against) },
        { reader: eventsourceParser(file), aim: "≥ 3.5×" },
        { reader: eventsourceParserWritingEach(file) },
        { reader: openai(file), aim: "≥ 18×" },
        { reader: jq(file), aim: "≥ 8×" },
        { reader: jsonParse(file), aim: "≥ 2×" },
        { reader: lineCount(file) },
      ].filter((row): row is Row & { readonly reader: Reader } => row.reader !== null);

    demandSameText(rowsOf(writeInput(folder, "responses-text", bytes * AGREEMENT_SHARE)).map(({ reader }) => reader));
    const file = writeInput(folder, "responses-text", bytes);
    demandClean([file]);
    const rows = rowsOf(file);
    const costs = measureCpu(
      rows.map(({ reader }) => reader),
      rounds,
    );
    const size = statSync(file).size;
    const [own = []] = costs;
    const body = rows.map(({ reader, aim = "" }, index) => {
      const cost = costs[index] ?? [];
      return [
        reader.name,
        seconds(spreadOf(cost)),
        (size / 1_000_000 / spreadOf(cost).median).toFixed(0),
        reader.command.startsWith("node ") ? megabytes(measurePeakBytes(reader)) : "",
        index === 0 ? "1" : times(ratioOf(cost, own)),
        aim,
      ];
    });
    const head = [`${megabytes(size)} of text deltas`, "CPU s", "MB/s", "peak memory", "CPU, to ssescope's", "aim"];
    return table([head, ...body]) + (jq(file) === null ? "\njq is not installed here.\n" : "");
  },
};
