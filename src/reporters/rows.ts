import { rowsOf } from "../rows/rows-of.ts";
import type { Reporter } from "./reporter.ts";

/** A flat line of JSON for each response, for tables. The columns are in `src/rows/README.md`. */
export const rows: Reporter = {
  name: "rows",
  title: "one flat line of JSON per response, for tables and SQL",
  needsSizes: true,
  create: (page) => ({
    checked(checked) {
      for (const row of rowsOf(checked)) page.writeJson(row);
    },
  }),
};
