// The recipes for engines, with those that are installed: `npm run test:engines`.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "engines",
    include: ["test/engines/**/*.engine.ts"],
    // An engine takes both cores, and half a minute to start.
    fileParallelism: false,
    testTimeout: 600_000,
    reporters: ["verbose"],
    globalSetup: ["test/program/build.ts"],
  },
});
