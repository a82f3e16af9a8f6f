import { createJsonList } from "./json-list.ts";
import { CHECK_SCHEMA, recordOf } from "./record.ts";
import type { Reporter } from "./reporter.ts";

/** One JSON document; its streams are written as they are checked, the exit code last. */
export const json: Reporter = {
  name: "json",
  extension: "json",
  title: "one JSON document: every stream, every finding",
  create(page) {
    const streams = createJsonList(page, `{"schema":${JSON.stringify(CHECK_SCHEMA)},"streams":[`);
    return {
      checked: (checked) => streams.add(recordOf(checked)),
      end: ({ exitCode }) => streams.close(`],"exitCode":${exitCode}}`),
    };
  },
};
