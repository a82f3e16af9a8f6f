import { defineConfig } from "vitest/config";
import { configValidator } from "./src/check/compile-validator.js";
import { htmlReportAssets } from "./src/html-report/bundle.js";
import { stretchModule } from "./src/stretch/bundle.js";

/** Tests that start the real program: it is built for them, and only for them. */
const program = ["test/program/**/*.test.ts"];

/** Of the timers of the HTTP client, of which a process has one set: apart from other tests that make requests. */
const apart = ["test/sources/http/silence.test.ts"];

export default defineConfig({
  plugins: [configValidator(), htmlReportAssets(), stretchModule()],
  test: {
    // No test is timed: these only end one that hangs, also on a slow machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    // Most of what tests make is gone at once: with room for more of it, less time goes into clearing it away.
    execArgv: ["--max-semi-space-size=64"],
    // All cores: by default one is left to whoever watches.
    maxWorkers: "100%",
    // The program takes no notice of the CI system that the tests run in.
    env: { CI: "", GITHUB_ACTIONS: "", GITLAB_CI: "", GITHUB_STEP_SUMMARY: "" },
    snapshotEnvironment: "test/support/snapshot-files.ts",
    projects: [
      {
        extends: true,
        test: {
          name: "in-process",
          include: ["test/**/*.test.ts"],
          exclude: [...program, ...apart],
          // Loading the sources and warming them up for every file would cost more than the tests. None of them leaves
          // anything behind: src has no state of its own.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "program",
          include: [...program, ...apart],
          isolate: false,
          globalSetup: ["test/program/build.ts"],
        },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      // They run in a browser and as WebAssembly, where their tests are.
      exclude: ["src/html-report/page/**", "src/stretch/module/**"],
      reporter: ["text-summary"],
      thresholds: { lines: 97, branches: 92 },
    },
  },
});
