// Hints for mistyped commands and options.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commandHint } from "../../src/commands/mistyped.ts";
import { temporaryDirectory } from "../support/files.ts";
import { run } from "../support/io.ts";

describe("a mistyped command", () => {
  test.each([
    [["chek", "capture.sse"], "check"],
    [["chekc"], "check"],
    [["Check"], "check"],
    [["rule"], "rules"],
    [["dif", "a.sse", "b.sse"], "diff"],
  ])("%j is distinguished from a missing source", async (argv, meant) => {
    const { exitCode, stdout, stderr } = await run(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe(
      `ssescope: there is no command ${argv[0]}, and no such file\n  did you mean ssescope ${meant}?\n`,
    );
  });

  test("can be a format", () => {
    expect(commandHint("events", "/")).toBe("events is a format: ssescope FILE --format events");
  });

  test("is recognised with options of the intended command, too", async () => {
    const { exitCode, stderr } = await run(["chek", "--fail-on", "warning", "capture.sse"]);
    expect(exitCode).toBe(2);
    expect(stderr).toBe("ssescope: unknown option '--fail-on'\n  did you mean ssescope check?\n");
  });

  test.each(["answers", "./chek", "chek.sse", "chek/", "-"])("is not assumed for %j", (word) => {
    expect(commandHint(word, "/")).toBeNull();
  });

  test("is not assumed if there is a file of that name", async () => {
    const cwd = temporaryDirectory();
    expect(commandHint("chek", cwd)).toBe("did you mean ssescope check?");
    await writeFile(join(cwd, "chek"), "");
    expect(commandHint("chek", cwd)).toBeNull();
  });
});

test("-v gets a hint about -V", async () => {
  const { exitCode, stderr } = await run(["-v"]);
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    "ssescope: unknown option '-v'\n  ssescope -V prints the version; ssescope -h lists the usual options\n",
  );
});

test.each([
  [["-d", "@nofile"], "--data @FILE reads a file, --data @- standard input"],
  [["-H", "@nofile"], "--header @FILE reads a file with one header per line"],
])("a missing file of %j gets its own hint", async (options, hint) => {
  const { exitCode, stderr } = await run(["http://127.0.0.1:1/", ...options]);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: `ssescope: cannot read nofile: no such file\n  ${hint}\n`,
  });
});
