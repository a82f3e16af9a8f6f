// Starting the program: the files that it loads, and the compiled code that it saves.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../bin/load-program.js";
import metadata from "../../package.json" with { type: "json" };
import { commands } from "../../src/commands/index.ts";
import { captureFiles, temporaryDirectory } from "../support/files.ts";
import { startProgram, startShell } from "./start-program.ts";
import { serve } from "../support/server.ts";
import { answer, completed, created, stream, streamFrom, textDelta } from "../support/stream.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures", import.meta.url));
const HEY = join(FIXTURES, "openai-responses/hey.sse");

interface Copy {
  readonly program: string;
  readonly bundle: string;
  /** The user's cache folder, and the program's folder in it. */
  readonly caches: string;
  readonly folder: string;
}

/** A copy of the build, for a user who has never run it. */
function copyProgram(): Copy {
  const root = temporaryDirectory();
  const checkout = fileURLToPath(new URL("../..", import.meta.url));
  for (const name of ["bin", "dist"]) cpSync(join(checkout, name), join(root, name), { recursive: true });
  const caches = join(root, "caches");
  return {
    program: join(root, "bin", "ssescope.js"),
    bundle: join(root, "dist", "ssescope.cjs"),
    caches,
    folder: join(caches, "ssescope"),
  };
}

/** The cache folders of each system; only that of the current system is used. */
function cachesAt(path: string): Record<string, string> {
  return { SSESCOPE_NO_CODE_CACHE: "", XDG_CACHE_HOME: path, LOCALAPPDATA: path, HOME: path };
}

async function run(copy: Copy, env: Readonly<Record<string, string>> = {}, argv = ["-q", HEY]): Promise<string> {
  const started = startProgram(argv, { ...cachesAt(copy.caches), ...env }, copy.program);
  const output = await text(started.process.stdout);
  expect(await started.ending).toEqual({ exitCode: 0, signal: null });
  expect(started.stderr()).toBe("");
  return output;
}

function kept({ folder }: Copy): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** A copy that was run once, and the file of its saved code. */
async function runOnce(): Promise<{ readonly copy: Copy; readonly file: string }> {
  const copy = copyProgram();
  expect(await run(copy)).toBe("hey");
  const [file = "", ...others] = kept(copy);
  expect(others).toEqual([]);
  return { copy, file };
}

/** Identifies a file: a rewritten file has another value. */
function idOf(file: string): number {
  return statSync(file).ino;
}

const isWindows = process.platform === "win32";
/** The permissions of other users for a file. */
const OF_OTHERS = 0o077;

// On macOS the folder is Library/Caches; the code is the same.
describe.skipIf(process.platform === "darwin")("V8's code for the program", () => {
  test("is saved by the first run, only for this user, and used by the next", async () => {
    const { copy, file } = await runOnce();
    expect(isWindows ? 0 : statSync(file).mode & OF_OTHERS).toBe(0);
    const id = idOf(file);
    expect(await run(copy)).toBe("hey");
    expect(idOf(file)).toBe(id);
  });

  test.each<[string, (file: string) => void]>([
    ["is gone", (file) => rmSync(file)],
    ["is empty", (file) => writeFileSync(file, "")],
    ["was cut", (file) => writeFileSync(file, readFileSync(file).subarray(0, 1000))],
    ["is cut in half", (file) => writeFileSync(file, readFileSync(file).subarray(0, statSync(file).size / 2))],
    ["is damaged in the middle", (file) => writeFileSync(file, flipped(readFileSync(file), 0.25))],
    ["is damaged at its beginning", (file) => writeFileSync(file, flipped(readFileSync(file), 0))],
    ["is damaged at its end", (file) => writeFileSync(file, flipped(readFileSync(file), 1))],
    ["has only zeros", (file) => writeFileSync(file, readFileSync(file).fill(0))],
    ["is something else", (file) => writeFileSync(file, "something else, something else, ")],
  ])("is not used, and saved again, if it %s", async (_, change) => {
    const { copy, file } = await runOnce();
    const size = statSync(file).size;
    change(file);
    expect(await run(copy)).toBe("hey");
    expect(kept(copy)).toEqual([file]);
    expect(statSync(file).size).toBeGreaterThan(size / 2);
    const id = idOf(file);
    expect(await run(copy)).toBe("hey");
    expect(idOf(file)).toBe(id);
  });

  test.skipIf(isWindows)("is not used if others can write it", async () => {
    const { copy, file } = await runOnce();
    chmodSync(file, 0o666);
    const id = idOf(file);
    expect(await run(copy)).toBe("hey");
    expect(idOf(file)).not.toBe(id);
  });

  test.skipIf(process.getuid?.() !== 0)("is not used if it belongs to another user", async () => {
    const { copy, file } = await runOnce();
    chownSync(file, OTHER_USER, OTHER_USER);
    expect(await run(copy)).toBe("hey");
    expect(statSync(file).uid).toBe(0);
  });

  test.skipIf(process.getuid?.() !== 0)("is not saved in a folder of another user", async () => {
    const copy = copyProgram();
    mkdirSync(copy.caches);
    chownSync(copy.caches, OTHER_USER, OTHER_USER);
    expect(await run(copy)).toBe("hey");
    expect(kept(copy)).toEqual([]);
  });

  test("is not saved if the folder cannot be written", async () => {
    const copy = copyProgram();
    writeFileSync(copy.caches, "a file, in which no folder can be made");
    expect(await run(copy)).toBe("hey");
    expect(await run(copy, { XDG_CACHE_HOME: "", LOCALAPPDATA: "", HOME: "" })).toBe("hey");
    expect(await run(copy, { XDG_CACHE_HOME: "not/absolute", LOCALAPPDATA: "", HOME: "" })).toBe("hey");
  });

  test("is not saved if a folder has its name, and no other file is left", async () => {
    const { copy, file } = await runOnce();
    rmSync(file);
    mkdirSync(file);
    expect(await run(copy)).toBe("hey");
    expect(kept(copy)).toEqual([file]);
  });

  test("is not waited for if a named pipe has its name", async () => {
    const { copy, file } = await runOnce();
    rmSync(file);
    execFileSync("env", ["mkfifo", file]);
    expect(await run(copy)).toBe("hey");
  });

  test.runIf(process.platform === "linux")(
    "is not saved if no folder can be created, although one exists",
    async () => {
      expect(await run(copyProgram(), { XDG_CACHE_HOME: "/proc" })).toBe("hey");
    },
  );

  test("is complete after several first runs at once", async () => {
    const copy = copyProgram();
    expect(await Promise.all(["a", "b", "c", "d"].map(() => run(copy)))).toEqual(["hey", "hey", "hey", "hey"]);
    const [file = "", ...others] = kept(copy);
    expect(others).toEqual([]);
    const id = idOf(file);
    expect(await run(copy)).toBe("hey");
    expect(idOf(file)).toBe(id);
  });

  test("is not used for a program that has changed, even with the same length and time", async () => {
    const { copy, file } = await runOnce();
    const { bundle } = copy;
    const { atime, mtime } = statSync(bundle);
    writeFileSync(bundle, readFileSync(bundle, "latin1").replaceAll("An oscilloscope", "AN OSCILLOSCOPE"));
    utimesSync(bundle, atime, mtime);
    const id = idOf(file);
    expect(await run(copy, {}, ["--help"])).toContain("AN OSCILLOSCOPE");
    expect(await run(copy)).toBe("hey");
    expect(idOf(file)).not.toBe(id);
  });

  test("is separate for each command and for other flags of Node.js", async () => {
    const { copy, file } = await runOnce();
    await run(copy, { NODE_OPTIONS: "--stack-trace-limit=20" });
    await run(copy, {}, ["rules"]);
    expect(kept(copy)).toHaveLength(3);
    const id = idOf(file);
    expect(await run(copy)).toBe("hey");
    expect(idOf(file)).toBe(id);
  });

  test("grows with files that another run loads, and is then not saved again", async () => {
    const { copy, file } = await runOnce();
    const ids = [idOf(file)];
    for (let runs = 0; runs < 2; runs += 1) {
      await run(copy, {}, ["-q", "--color=always", HEY]);
      ids.push(idOf(file));
      expect(await run(copy)).toBe("hey");
      ids.push(idOf(file));
    }
    expect(new Set(ids.slice(1)).size).toBe(1);
    expect(ids[1]).not.toBe(ids[0]);
  });

  test("is used after a run that was long enough for V8's flags", async () => {
    const copy = copyProgram();
    const ids = [];
    for (let runs = 0; runs < 3; runs += 1) {
      const started = startProgram(["-q"], cachesAt(copy.caches), copy.program);
      started.process.stdin.write(stream(created(), textDelta("first")));
      await started.stdoutHolds("first");
      await setTimeout(TUNED_MS);
      started.process.stdin.end(streamFrom(2, completed()));
      expect(await started.ending).toEqual({ exitCode: 0, signal: null });
      ids.push(kept(copy).map(idOf));
    }
    expect(ids[1]).toEqual(ids[2]);
  });

  test.each(["SSESCOPE_NO_CODE_CACHE", "NODE_DISABLE_COMPILE_CACHE"])(
    "is neither saved nor used with %s",
    async (name) => {
      const copy = copyProgram();
      expect(await run(copy, { [name]: "1" })).toBe("hey");
      expect(kept(copy)).toEqual([]);
    },
  );

  test("is not saved by a run that prints help or does nothing", async () => {
    const copy = copyProgram();
    expect(await run(copy, {}, ["--version"])).toContain(metadata.version);
    expect(await startProgram(["no/such.sse"], cachesAt(copy.caches), copy.program).ending).toMatchObject({
      exitCode: 2,
    });
    expect(kept(copy)).toEqual([]);
  });

  test("is removed when it is old", async () => {
    const { copy, file } = await runOnce();
    const old = `${file.slice(0, -".code".length)}-old.code`;
    writeFileSync(old, "of another version");
    utimesSync(old, new Date(0), new Date(0));
    rmSync(file);
    await run(copy);
    expect(kept(copy)).toEqual([file]);
  });
});

/** Longer than a run takes until V8's flags are set; if it took longer, the test would still hold. */
const TUNED_MS = 150;

const OTHER_USER = 12345;

/** The bytes with one bit flipped, at this fraction of their length. */
function flipped(bytes: Buffer, share: number): Buffer {
  const at = Math.floor((bytes.length - 1) * share);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

test("all commands have a file for saved code", () => {
  expect(COMMANDS).toEqual(commands.map(({ name }) => name));
});

describe("output to a pipe", () => {
  test("arrives complete, although its beginning is written in another way than the rest", async () => {
    const [file = ""] = captureFiles({ "long.sse": `: ${"x".repeat(61)}\n`.repeat(20_000) });
    const shell = startShell('"$@" | cat', ["-q", "--format", "raw", file]);
    expect((await text(shell.process.stdout)) === readFileSync(file, "utf8")).toBe(true);
  });
});

/** The files that a run loads, from V8's coverage. */
async function filesLoaded(argv: readonly string[]): Promise<string[]> {
  const directory = temporaryDirectory();
  const program = startProgram(argv, { NODE_V8_COVERAGE: directory });
  program.process.stdout.resume();
  await program.ending;
  const root = new URL("../..", import.meta.url).href;
  return readdirSync(directory)
    .flatMap((name) => urlsIn(readFileSync(join(directory, name), "utf8")))
    .map((url) => (url.startsWith("/") ? pathToFileURL(url).href : url))
    .filter((url) => url.startsWith("file:"))
    .map((url) => url.replace(root, ""))
    .sort();
}

describe("at its start the program loads", () => {
  test("three files, to read a capture", async () => {
    expect(await filesLoaded([HEY])).toEqual(["bin/load-program.js", "bin/ssescope.js", "dist/ssescope.cjs"]);
  });

  test.each([
    ["openai-chat/all-calls-at-index-0.sse", ["openai-chat"]],
    ["anthropic/compaction-and-fallback.sse", ["anthropic", "openai-chat"]],
    ["ollama/cached-prompt.ndjson", ["anthropic", "dialects", "framings", "openai-chat", "rolldown-runtime"]],
  ])(
    "the dialects up to that of the capture, and the framings if it is not a bare stream: %s",
    async (fixture, parts) => {
      const files = await filesLoaded([join(FIXTURES, fixture)]);
      const loaded = files.flatMap((file) => /^dist\/(.*)\.cjs$/.exec(file)?.[1] ?? []);
      expect(loaded).toEqual([...parts, "ssescope"].toSorted());
    },
  );

  // On Windows, output is written through streams.
  test.skipIf(isWindows)("no streams of Node.js, to read a capture", async () => {
    const [list = "", preload = ""] = ["modules.txt", "preload.cjs"].map((name) => join(temporaryDirectory(), name));
    const writes = `fs.writeFileSync(${JSON.stringify(list)}, process.moduleLoadList.join("\\n"))`;
    writeFileSync(preload, `const fs = require("fs");\nprocess.on("exit", () => ${writes});\n`);
    const shell = startShell(`NODE_OPTIONS="--require ${preload}" "$@" 2>/dev/null | cat`, ["-q", HEY]);
    expect(await text(shell.process.stdout)).toBe("hey");
    const modules = readFileSync(list, "utf8").split("\n");
    expect(modules).toContain("NativeModule fs");
    expect(modules).not.toContain("NativeModule stream");
  });

  test("the HTTP client, too, to read a URL", async () => {
    const { origin } = await serve({ body: answer("hey") });
    const files = await filesLoaded([origin]);
    expect(files).toContain("bin/ssescope.js");
    expect(files.some((file) => file.includes("undici"))).toBe(true);
  });
});

function urlsIn(coverage: string): string[] {
  return [...coverage.matchAll(/"scriptId":"\d+","url":"([^"]*)"/g)].map(([, url = ""]) => url);
}
