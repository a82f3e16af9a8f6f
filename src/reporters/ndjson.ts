import { recordOf } from "./record.ts";
import type { Reporter } from "./reporter.ts";

/** One line of JSON for each stream, as it is checked. */
export const ndjson: Reporter = {
  name: "ndjson",
  extension: "ndjson",
  title: "one line of JSON per stream, as streams are checked",
  create: (page) => ({ checked: (checked) => page.writeJson(recordOf(checked)) }),
};
