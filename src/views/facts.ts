import type { Fact } from "../model/facts.ts";
import type { Index } from "../model/numbers.ts";
import type { SourceName, View } from "./view.ts";

/** The fields of a line besides its fact. */
export interface FactPlace extends SourceName {
  /** Index of the event that the fact was read from, from 0; for a pending event, the number of events before it. */
  readonly event: Index;
  /** With `--fold`: index of the last event whose delta was joined. */
  readonly lastEvent?: Index;
}

/** The facts as they happen, one JSON record per line, then the report: `src/schemas/facts.schema.json`. */
export const facts: View = {
  name: "facts",
  title: "NDJSON of facts as they happen, then the report",
  hasSummary: false,
  filtered: "facts",
  create(page, { source }) {
    function write(record: Fact & FactPlace): void {
      page.writeJson(source === null ? record : { source, ...record });
    }

    return {
      read({ event, facts: found }) {
        for (const fact of found) write({ ...fact, event: event.index });
      },
      run({ first, last, delta }) {
        write({ ...delta, event: first.event.index, lastEvent: last.event.index });
      },
      report: (report) => page.writeJson(report),
    };
  },
};
