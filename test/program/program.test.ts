// The real program: behaviour that only a separate process can show.
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import metadata from "../../package.json" with { type: "json" };
import { tried } from "../support/exhaustive.ts";
import { temporaryDirectory } from "../support/files.ts";
import { startProgram, startShell, type RunningProgram } from "./start-program.ts";
import { parseReport } from "../support/read-report.ts";
import { serve } from "../support/server.ts";
import { answer, completed, created, stream, streamFrom, textDelta } from "../support/stream.ts";

const HEY = fileURLToPath(new URL("../../fixtures/openai-responses/hey.sse", import.meta.url));
const CUT = fileURLToPath(new URL("../../fixtures/broken/cut-before-terminal.sse", import.meta.url));
const FULL_DEVICE = "/dev/full";
const MEBIBYTE = 1024 ** 2;

test("the program shows a capture: the text on stdout, the summary on stderr", async () => {
  const program = startProgram([HEY]);
  expect(await text(program.process.stdout)).toBe("hey");
  expect(await program.ending).toEqual({ exitCode: 0, signal: null });
  expect(program.stderr()).toContain("completed");
  expect(program.stderr()).toContain("gpt-4o-2024-08-06");
});

test("the exit code is that of the verdict, and 2 for wrong usage", async () => {
  const cut = startProgram(["-q", "-"]);
  cut.process.stdin.end(stream(created()));
  expect((await cut.ending).exitCode).toBe(5);
  expect((await startProgram(["no/such.sse"]).ending).exitCode).toBe(2);
});

test("the man page of the package is the printed one", async () => {
  const root = new URL("../../", import.meta.url);
  const program = startProgram(["man"]);
  const printed = await text(program.process.stdout);
  // npm links pages only if they are a list.
  const pages = metadata.man.map((path) => gunzipSync(readFileSync(new URL(path, root))).toString());
  expect(pages).toEqual([printed]);
  expect(metadata.files).toContain("dist");
});

describe("live", () => {
  test("a delta is on stdout before the input is over", async () => {
    const program = startProgram(["-q"]);
    program.process.stdin.write(stream(created(), textDelta("first")));
    expect(await program.stdoutHolds("first")).toBe("first");
    program.process.stdin.write(streamFrom(2, textDelta(" second")));
    expect(await program.stdoutHolds("second")).toBe("first second");
    program.process.stdin.end(streamFrom(3, completed()));
    expect(await program.ending).toEqual({ exitCode: 0, signal: null });
  });
});

describe("safety 17: a reader that closes the pipe", () => {
  test.each(["text", "events", "wire", "raw"])("ends the program silently with 0: --format %s", async (format) => {
    const script = 'yes "data: x\n" | { "$@"; echo "exit $?" >&2; } | head -1';
    const shell = startShell(script, ["--format", format]);
    // The shell ends when the endless writer has ended: its reader no longer reads.
    expect((await text(shell.process.stdout)).split("\n")).toHaveLength(2);
    await shell.ending;
    expect(shell.stderr()).toBe("exit 0\n");
  });

  test("of stderr ends it silently, too", async () => {
    const shell = startShell('{ "$@" 2>&1 >/dev/null; echo "exit $?" >&2; } | true', [HEY]);
    shell.process.stdout.resume();
    await shell.ending;
    expect(shell.stderr()).toBe("exit 0\n");
  });

  test("of stdout changes neither the exit code of a check nor its files", async () => {
    const file = join(temporaryDirectory(), "report.xml");
    const argv = ["check", "--no-config", "--reporter", "human", "--reporter", `junit=${file}`];
    const shell = startShell('{ "$@"; echo "exit $?" >&2; } | true', [...argv, CUT, HEY, CUT]);
    shell.process.stdout.resume();
    await shell.ending;
    expect(shell.stderr()).toBe("exit 5\n");
    expect(readFileSync(file, "utf8").trimEnd()).toMatch(/<\/testsuites>$/);
  });

  test("of stderr does not change the verdict", async () => {
    const shell = startShell('{ "$@" 2>&1 >/dev/null; echo "exit $?" >&2; } | true', [CUT]);
    shell.process.stdout.resume();
    await shell.ending;
    expect(shell.stderr()).toBe("exit 5\n");
  });
});

describe.skipIf(!existsSync(FULL_DEVICE))("A full disk", () => {
  test.each([[[]], [["--json"]], [[HEY]]])("ends the run with 2 and one line, no stack", async (argv) => {
    const shell = startShell(`"$@" > ${FULL_DEVICE}`, [HEY, ...argv]);
    shell.process.stdout.resume();
    expect(await shell.ending).toMatchObject({ exitCode: 2 });
    expect(shell.stderr().match(/ssescope: cannot write the output/g)).toHaveLength(1);
    expect(shell.stderr()).not.toContain("    at ");
  });

  test("for stderr changes nothing", async () => {
    const shell = startShell(`"$@" 2> ${FULL_DEVICE}`, [HEY]);
    shell.process.stdout.resume();
    expect(await shell.ending).toMatchObject({ exitCode: 0 });
  });
});

describe("safety 19: Ctrl-C", () => {
  test("ends the reading, with a summary of the events so far and exit code 130", async () => {
    const program = startProgram([]);
    program.process.stdin.write(stream(created({ model: "model-seen" }), textDelta("so far")));
    await program.stdoutHolds("so far");
    program.process.kill("SIGINT");
    program.process.stdout.resume();
    expect(await program.ending).toEqual({ exitCode: 130, signal: null });
    expect(program.stderr()).toContain("interrupted");
    expect(program.stderr()).toContain("model-seen");
  });

  test.each([
    ["SIGTERM, which timeout and a CI send", "SIGTERM"],
    ["SIGHUP, which a terminal sends that is closed", "SIGHUP"],
  ] as const)("and %s, do the same: a recording has its end", async (_, signal) => {
    const file = join(temporaryDirectory(), "cut.sse");
    const program = startProgram(["--record", file]);
    program.process.stdin.write(stream(created({ model: "model-seen" }), textDelta("so far")));
    await program.stdoutHolds("so far");
    program.process.kill(signal);
    program.process.stdout.resume();
    expect(await program.ending).toEqual({ exitCode: 130, signal: null });
    expect(program.stderr()).toContain("interrupted");
    expect(program.stderr()).toContain("model-seen");
    expect(readFileSync(`${file}.timing`, "utf8")).toContain('{"end":"interrupted"');
  });

  test("prints the report of the events so far", async () => {
    const program = startProgram(["--format", "facts"]);
    program.process.stdin.write(stream(created(), textDelta("so far")));
    const before = await program.stdoutHolds("so far");
    program.process.kill("SIGINT");
    const output = before + (await text(program.process.stdout));
    expect(await program.ending).toEqual({ exitCode: 130, signal: null });
    const report = parseReport(output.trimEnd().split("\n").at(-1) ?? "");
    expect(report).toMatchObject({ interrupted: true, exitCode: 130, responses: [{ text: "so far" }] });
  });

  test("ends a request, and the server sees it", async () => {
    const { origin, requests } = await serve({ body: [stream(created(), textDelta("so far")), new Promise(() => {})] });
    const program = startProgram([origin]);
    await program.stdoutHolds("so far");
    program.process.kill("SIGINT");
    program.process.stdout.resume();
    expect(await program.ending).toEqual({ exitCode: 130, signal: null });
    await requests[0]?.closed;
  });

  test("from several senders at once, such as timeout, counts once", async () => {
    const program = startProgram(["--format", "facts"]);
    program.process.stdin.write(stream(created(), textDelta("so far")));
    await program.stdoutHolds("so far");
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) program.process.kill(signal);
    program.process.stdout.resume();
    expect(await program.ending).toEqual({ exitCode: 130, signal: null });
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("a second time ends the process at once: %s", async (second) => {
    const program = startProgram(["--format", "raw"]);
    fill(program, 64 * MEBIBYTE);
    // Reading stops here, so the pending output keeps the program from finishing.
    await once(program.process.stdout, "readable");
    program.process.kill("SIGINT");
    // The system may merge two signals that come close together.
    const again = setInterval(() => program.process.kill(second), 20);
    const [, signal]: unknown[] = await once(program.process, "exit");
    clearInterval(again);
    expect(signal).toBe(second);
    program.process.stdout.destroy();
  });
});

/** Writes comments as fast as they are read; returns the number of bytes so far. */
function fill({ process: { stdin } }: RunningProgram, sizeBytes: number): () => number {
  const piece = Buffer.from(`: ${"x".repeat(61)}\n`.repeat(1024));
  let acceptedBytes = 0;
  const writeNext = (): void => {
    if (acceptedBytes >= sizeBytes) stdin.end();
    else
      stdin.write(piece, (error) => {
        if (error) return;
        acceptedBytes += piece.length;
        writeNext();
      });
  };
  writeNext();
  return () => acceptedBytes;
}

describe("safety 18: a slow reader", () => {
  test.each(["raw", "wire"])("holds the writer back, and gets everything in the end: --format %s", async (format) => {
    const sizeBytes = tried(12, 64) * MEBIBYTE;
    const slow = startProgram(["--format", format, "-q"]);
    const acceptedBytes = fill(slow, sizeBytes);
    await once(slow.process.stdout, "readable");
    // While another program, whose output is read, takes everything …
    const fast = startProgram(["--format", format, "-q"]);
    fill(fast, sizeBytes);
    fast.process.stdout.resume();
    await fast.ending;
    // … this one has taken what fits into the buffers on the way.
    expect(acceptedBytes()).toBeLessThan(8 * MEBIBYTE);

    let receivedBytes = 0;
    slow.process.stdout.on("data", (piece: Buffer) => (receivedBytes += piece.length));
    await slow.ending;
    expect(acceptedBytes()).toBe(sizeBytes);
    expect(receivedBytes).toBeGreaterThanOrEqual(sizeBytes);
  });
});

test("safety 18: a report of many MB is not cut off at the end", async () => {
  const program = startProgram(["--json"]);
  const deltas = Array.from({ length: tried(4, 50) }, (_, index) => String.fromCharCode(65 + index).repeat(1_000_000));
  program.process.stdin.end(answer(...deltas));
  const report = parseReport(await text(program.process.stdout));
  expect(await program.ending).toEqual({ exitCode: 0, signal: null });
  expect(report.responses[0]?.text === deltas.join("")).toBe(true);
});
