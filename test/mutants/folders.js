// The tests for the mutants of each folder of `src`: few enough for a run of half a minute. None starts the bundled
// program, because it does not contain the mutants.

/**
 * Folders of `src` and their test files, the most effective and fastest first. If several patterns match a file, the
 * last one counts.
 * @type {ReadonlyMap<string, readonly string[]>}
 */
export const testsOf = new Map([
  ["timing", ["test/timing/*.test.ts", "test/capture/times.test.ts", "test/views/summary.test.ts"]],
  ["check", ["test/check/*.test.ts", "test/commands/check.test.ts", "test/commands/expectation-help.test.ts"]],
  [
    "report",
    ["test/report/*.test.ts", "test/views/*.test.ts", "test/timing/stretches.test.ts", "test/fixtures.test.ts"],
  ],
  [
    "sources",
    [
      "test/sources/*.test.ts",
      "test/capture/times.test.ts",
      "test/sources/http/*.test.ts",
      "test/sources/http/secrets.test.ts",
    ],
  ],
  ["replay", ["test/replay/*.test.ts", "test/commands/replay.test.ts"]],
  [
    "capture",
    [
      ...["pseudonyms", "text", "tool-arguments", "redactor"].map((name) => `test/capture/redact/${name}.test.ts`),
      "test/capture/*.test.ts",
    ],
  ],
  ["pipeline", ["test/pipeline/*.test.ts", "test/views/*.test.ts", "test/cli.test.ts", "test/fixtures.test.ts"]],
]);
