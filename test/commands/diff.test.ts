import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dangerousIn } from "../support/control-characters.ts";
import { captureFiles, temporaryDirectory } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { silentPort } from "../support/server.ts";
import { answer } from "../support/stream.ts";

const { path } = fixtureNamed("openai-responses/hey.sse");

test("Differences are shown by section, with the common text around them.", async () => {
  const words = "who walks out there should know the hour of the tide and be back".split(" ");
  const a = answer(words.join(" "));
  const b = answer(words.with(5, "time").join(" "));
  const [first = "", second = ""] = captureFiles({ "a.sse": a, "b.sse": b });
  const { exitCode, stdout } = await run(["diff", first, second]);
  expect(exitCode).toBe(1);
  expect(stdout).toBe(
    `- ${first}\n+ ${second}\n\ntext\n  item 0, text\n    who walks out there should [-know-]{+time+} the hour of the …\n`,
  );
});

test("Nearby changes are shown together, and of many changes the first ones.", async () => {
  const words = Array.from({ length: 100 }, (_, index) => `w${index}`);
  const changed = words.map((word, index) => (index === 3 || index % 15 === 0 ? `v${index}` : word));
  const paths = captureFiles({ "a.sse": answer(words.join(" ")), "b.sse": answer(changed.join(" ")) });
  const { stdout } = await run(["diff", ...paths]);
  const lines = stdout.slice(stdout.indexOf("    ")).trimEnd().split("\n");
  expect(lines).toHaveLength(6);
  expect(lines[0]).toBe("    [-w0-]{+v0+} w1 w2 [-w3-]{+v3+} w4 w5 w6 w7 …");
  expect(lines[1]).toBe("    …w10 w11 w12 w13 w14 [-w15-]{+v15+} w16 w17 w18 w19 …");
  expect(lines[5]).toBe("  …");
});

test("Nothing is printed with --quiet.", async () => {
  const [other = ""] = captureFiles({ "a.sse": answer("hey") });
  expect(await run(["diff", "--quiet", path, other])).toEqual({ exitCode: 1, stdout: "", stderr: "" });
  expect(await run(["diff", "-q", path, path])).toEqual({ exitCode: 0, stdout: "", stderr: "" });
});

test("On a terminal, control characters of both sides are escaped.", async () => {
  const [a = "", b = ""] = captureFiles({ "a.sse": answer("\u001b[2Jone"), "b.sse": answer("two\u009b") });
  const { stdout } = await run(["diff", "--color", "never", a, b], { terminalColumns: 80 });
  expect(dangerousIn(stdout)).toEqual([]);
  expect(stdout).toContain("^[[2J");
});

describe("A side that cannot be read is not compared:", () => {
  test.each([[[]], [["-q"]], [["--only", "text"]], [["--json"]]])("neither, with %j", async (options) => {
    const url = `http://127.0.0.1:${await silentPort()}/`;
    const { exitCode, stdout, stderr } = await run(["diff", "--head-timeout", "20ms", url, url, ...options]);
    expect(exitCode).toBe(6);
    expect(stdout).not.toContain("no difference");
    expect(stderr).toMatch(/^ssescope: a, .*: transport-error: .*\nssescope: b, .*: transport-error: .*\n$/);
  });

  test("a folder; the hint is to name one capture in it", async () => {
    const folder = temporaryDirectory();
    const { exitCode, stderr } = await run(["diff", path, folder]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`cannot read ${folder}: it is a folder`);
    expect(stderr).toContain(`name one capture in it, such as ${join(folder, "capture.sse")}`);
    // `diff FOLDER/*.sse` would be any number of arguments.
    expect(stderr).not.toContain("*");
  });

  test("one of them; it is reported together with the differences", async () => {
    const [page = ""] = captureFiles({ "page.html": "<!doctype html>\n<title>502</title>\n" });
    const { exitCode, stdout, stderr } = await run(["diff", path, page]);
    expect(exitCode).toBe(7);
    expect(stdout).toContain("completed -> not-a-stream");
    expect(stderr).toMatch(/^ssescope: b, .*page\.html: not-a-stream: [^\n]*\n$/);
  });

  test("one that was read only up to the size limit", async () => {
    const { exitCode, stderr } = await run(["diff", "--max-event-size", "500", path, path]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("ssescope: a, ");
  });
});

describe("Wrong usage:", () => {
  test.each<[argv: readonly string[], message: string]>([
    [
      [path],
      "ssescope: diff needs <b> (the second stream, to compare with the first)\n" +
        "  usage: ssescope diff [options] <a> <b>\n" +
        "  for example: ssescope diff yesterday.sse today.sse\n",
    ],
    [[path, path, path], "diff takes 2 arguments, but got 3\n  usage: ssescope diff [options] <a> <b>\n"],
    [[path, "no-such.sse"], "cannot read no-such.sse"],
    [["-", "-"], "standard input is used more than once"],
    [[path, path, "--only", "words"], "Expected structure, text, usage, verdict, times, but got"],
    [[path, path, "--record", "x.sse"], "--record takes one source"],
  ])("%j", async (argv, message) => {
    const { exitCode, stderr } = await run(["diff", ...argv]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

test("An interrupt ends it with 130.", async () => {
  const { exitCode } = await run(["diff", path, path], { interrupt: AbortSignal.abort() });
  expect(exitCode).toBe(130);
});
