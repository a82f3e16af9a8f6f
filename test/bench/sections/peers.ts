// Compares the default command (all rules on, text piped) with other readers of the same stream.
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
  /** The wanted ratio of its CPU time to that of ssescope. */
  readonly aim?: string;
}

/** Size of the input on which all must write the same text, as a share of the large one. */
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
    const title = `${megabytes(size)} of text deltas`;
    const head = [title, "CPU s", "MB/s", "peak memory", "CPU, relative to ssescope", "aim"];
    return table([head, ...body]) + (jq(file) === null ? "\njq is not installed here.\n" : "");
  },
};
