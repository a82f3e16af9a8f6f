import { expect, test } from "vitest";
import { run } from "../support/io.ts";

test.each([[["--color", "never", "check", "-"]], [["-q", "stats", "-"]], [["--json", "diff", "a", "b"]]])(
  "Options before a command are refused, because they would have no effect: %s",
  async (argv) => {
    const { exitCode, stderr } = await run(argv);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^ssescope: --(?:color|quiet|json) is before the command\n {2}write options after it/);
  },
);

test("Options after a command belong to it.", async () => {
  expect((await run(["check", "--color", "never", "fixtures/openai-responses/hey.sse"])).exitCode).toBe(0);
});
