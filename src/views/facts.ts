import type { View } from "./view.ts";

/** The facts as they happen, a JSON record a line, and the report at the end: `src/schemas/facts.schema.json`. */
export const facts: View = {
  name: "facts",
  title: "NDJSON of facts as they happen, and the report",
  hasSummary: false,
  create: (page, { source }) => ({
    read({ event, facts: told }) {
      for (const fact of told) {
        const record = { ...fact, event: event.index };
        page.writeJson(source === null ? record : { source, ...record });
      }
    },
    report: (report) => page.writeJson(report),
  }),
};
