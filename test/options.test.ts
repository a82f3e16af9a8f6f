import { describe, expect, test } from "vitest";
import { run } from "./support/io.ts";
import { answer } from "./support/stream.ts";

const URL_NOBODY_ASKS = "http://127.0.0.1:1/";

describe("options that contradict each other end with 2 and say so", () => {
  test.each([
    ["--show is for --format text, not events", ["--format", "events", "--show", "all"]],
    ["--show is for --format text, not report", ["--json", "--show", "text"]],
    ["--data is given twice", [URL_NOBODY_ASKS, "-d", "a", "-d", "b"]],
    [
      "--bearer-env and an authorization header are both given",
      [URL_NOBODY_ASKS, "--bearer-env", "TOKEN", "-H", "Authorization: Bearer x"],
    ],
    ['but got "smell"', ["--show", "text,smell"]],
  ])("%s", async (message, argv) => {
    const { exitCode, stdout, stderr } = await run(argv, { stdin: [answer("hey")], env: { TOKEN: "abcdefgh" } });
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });
});

test("--no-color is --color never", async () => {
  const { stderr } = await run(["--no-color", "-"], { stdin: [answer("hey")], terminalColumns: 80 });
  expect(stderr).toContain("completed");
  expect(stderr).not.toContain("\u001b");
});

test("a terminal that does not know its width is taken for one of 80 columns", async () => {
  const unknown = await run(["-"], { stdin: [answer("hey")], terminalColumns: 0 });
  const usual = await run(["-"], { stdin: [answer("hey")], terminalColumns: 80 });
  expect(unknown.stderr).toBe(usual.stderr);
});
