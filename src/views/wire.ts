import type { View } from "./view.ts";

/** What the SSE parser saw, a JSON record a line: `src/schemas/wire.schema.json`. */
export const wire: View = {
  name: "wire",
  title: "NDJSON of what the parser read",
  hasSummary: false,
  filtered: "records",
  create: (page, { source }) => ({
    record: (record) => page.writeJson(source === null ? record : { source, ...record }),
  }),
};
