// The framings of printed events.
import { eventRecords } from "./event-records.ts";
import { escapedLiteral, pythonLiteral } from "./literals.ts";
import { printedFraming } from "./printed.ts";
import { pythonValues } from "./python.ts";
import { indentedLines, quotedLines } from "./quoted.ts";
import { jsonRecords } from "./records.ts";
import { tableRows } from "./table.ts";
import { fieldsBehindWords, jsonBehindPrefix, jsonBehindWords } from "./words.ts";

export const python = printedFraming({
  name: "python",
  title: "events as Python prints them: dicts, objects, bytes",
  forms: [pythonValues, pythonLiteral],
});

export const quoted = printedFraming({
  name: "quoted",
  title: "a stream quoted with > before each line, or indented",
  forms: [quotedLines, indentedLines],
});

export const table = printedFraming({
  name: "table",
  title: "the table of events of a browser's developer tools, copied as text",
  forms: [tableRows],
});

/** Logs whose lines hold a stream in other ways than after known prefixes. */
export const printedLog = printedFraming({
  name: "log",
  title: "logs that hold events in records or after other words",
  forms: [eventRecords, jsonRecords, fieldsBehindWords, escapedLiteral, jsonBehindWords, jsonBehindPrefix],
});
