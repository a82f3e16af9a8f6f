/**
 * The layers of `src`, from the bottom to the top. A file imports from its own layer and from those above it in this list,
 * and from nothing else. The longest path that fits a file decides; a file that none fits is refused.
 */
export const layers: readonly string[] = [
  // How text, counts, durations and sizes are written and read.
  "wording",
  "errors.ts",
  // The contract of the clock: Io has one.
  "timing/clock.ts",
  "io.ts",
  "schemas",
  // Values that travel, what is known of them, and how they are shown: these know no source, framing, dialect or rule.
  "model",
  "timing",
  "event-words",
  "terminal",
  "views",
  // From a source to records.
  "decoding",
  "sources",
  "capture",
  "framing",
  // From records to readings and findings. Dialects bring rules of their own, so the contract of rules comes first.
  "rules",
  "dialects",
  "stretch",
  "report",
  "joining",
  "capture/redact",
  "pipeline",
  // What is done with the result.
  "check",
  // A checked stream as flat rows.
  "rows",
  // Rows of many streams as quantiles and shares, and whether they differ.
  "stats",
  // What the HTML report is made of, and its page, which runs in a browser.
  "html-report",
  "html-report/page",
  "reporters",
  "diff",
  "serving",
  "replay",
  "tap",
  // What other programs import; the commands are built on it.
  "library",
  "commands",
  "cli.ts",
  // The process that the program runs in.
  "process",
];
