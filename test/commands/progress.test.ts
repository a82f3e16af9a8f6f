import { describe, expect, test } from "vitest";
import { showProgress } from "../../src/commands/progress.ts";
import { NO_STATUS_LINE, type StatusLine } from "../../src/terminal/status-line.ts";
import { manualClock } from "../support/clocks.ts";
import { captureFiles } from "../support/files.ts";
import { run } from "../support/io.ts";
import { answer } from "../support/stream.ts";

const MIB = 1024 * 1024;

function lineWith(said: (string | null)[]): StatusLine {
  return { ...NO_STATUS_LINE, show: (text) => said.push(text), clear: () => said.push(null) };
}

describe("the progress of a check", () => {
  test("shows how many sources are checked, how many failed, and the elapsed time", async () => {
    const clock = manualClock();
    const said: (string | null)[] = [];
    const progress = showProgress(() => 10_000, lineWith(said), clock);
    progress.done(1);
    await clock.advance(400);
    for (let count = 0; count < 3410; count += 1) progress.done(0);
    progress.done(1);
    await clock.advance(1700);
    progress.begin("next.sse");
    progress.end();
    expect(said).toEqual(["2 of 10,000  1 failed  400 ms", "3,412 of 10,000  2 failed  2.1 s", null]);
  });

  test("shows how many sources of a list are checked, without a total, which is unknown", async () => {
    const clock = manualClock();
    const said: (string | null)[] = [];
    const progress = showProgress(() => null, lineWith(said), clock);
    for (let count = 0; count < 1200; count += 1) progress.done(0);
    await clock.advance(1000);
    progress.done(1, true);
    expect(said).toEqual(["1,200 checked  1 failed  1.0 s"]);
  });

  test("shows how much of a large file was read", async () => {
    const clock = manualClock();
    const said: (string | null)[] = [];
    const [path = ""] = captureFiles({ "large.sse": Buffer.alloc(40 * MIB) });
    const progress = showProgress(() => 1, lineWith(said), clock);
    progress.begin(path);
    await clock.advance(1000);
    progress.read(20 * MIB);
    await clock.advance(1000);
    // Decompressed data has more bytes than its file.
    progress.read(30 * MIB);
    expect(said).toEqual(["20 of 40 MiB  1.0 s", "50 MiB  2.0 s"]);
  });

  test("is not shown for a short run, or without a terminal", async () => {
    const clock = manualClock();
    const said: (string | null)[] = [];
    const progress = showProgress(() => 2, lineWith(said), clock);
    await clock.advance(399);
    progress.done(0);
    progress.end();
    expect(said).toEqual([null]);
    const paths = captureFiles({ "a.sse": answer("a"), "b.sse": answer("b") });
    expect(await run(["check", "--no-config", ...paths])).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });
});
