import { rowsOf } from "../rows/rows-of.ts";
import type { Reporter } from "./reporter.ts";

/** One flat line of JSON for each response, for tables. `src/rows/README.md` describes the columns. */
export const rows: Reporter = {
  name: "rows",
  extension: "ndjson",
  title: "one flat line of JSON per response, for tables and SQL",
  needsSizes: true,
  create: (page) => ({
    checked(checked) {
      for (const row of rowsOf(checked)) page.writeJson(row);
    },
  }),
};
