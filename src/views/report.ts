import type { View } from "./view.ts";

const INDENT = 2;

/** The report as one JSON document, or one per line if there are several sources: `src/schemas/report.schema.json`. */
export const report: View = {
  name: "report",
  title: "the report as one JSON document, at the end",
  hasSummary: false,
  create: (page, { isOneOfMany }) => ({
    report: (value) => page.writeJson(value, isOneOfMany ? undefined : INDENT),
  }),
};
