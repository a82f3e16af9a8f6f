import type { View } from "./view.ts";

/** The records of the parser, one JSON record per line: `src/schemas/wire.schema.json`. */
export const wire: View = {
  name: "wire",
  title: "NDJSON of the records that the parser reads",
  hasSummary: false,
  filtered: "records",
  create: (page, { source }) => ({
    record: (record) => page.writeJson(source === null ? record : { source, ...record }),
  }),
};
