import { recordOf } from "./record.ts";
import type { Reporter } from "./reporter.ts";

/** A line of JSON for each stream, as it is checked. */
export const ndjson: Reporter = {
  name: "ndjson",
  title: "the same streams, one line of JSON each, as they are checked",
  create: (page) => ({ checked: (checked) => page.writeJson(recordOf(checked)) }),
};
