// Which tests judge the mutants of each folder of `src`: few enough for a run of a minute or two. None starts the bundled
// program, which holds no mutants.

/**
 * Folders of `src`, each with the files of its tests.
 * @type {ReadonlyMap<string, readonly string[]>}
 */
export const testsOf = new Map([
  ["timing", ["test/timing/**/*.test.ts", "test/capture/times.test.ts", "test/views/summary.test.ts"]],
  ["check", ["test/check/**/*.test.ts", "test/commands/check.test.ts", "test/commands/expectation-help.test.ts"]],
  ["report", ["test/report/**/*.test.ts", "test/views/**/*.test.ts"]],
  ["sources", ["test/sources/**/*.test.ts", "test/capture/times.test.ts"]],
  ["replay", ["test/replay/**/*.test.ts", "test/commands/replay.test.ts"]],
  ["capture", ["test/capture/**/*.test.ts"]],
  ["pipeline", ["test/pipeline/**/*.test.ts", "test/views/**/*.test.ts", "test/cli.test.ts"]],
]);
