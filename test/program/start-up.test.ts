// What the program loads when it starts, and that it starts.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../support/files.ts";
import { startProgram } from "./start-program.ts";
import { serve } from "../support/server.ts";
import { answer } from "../support/stream.ts";

const HEY = fileURLToPath(new URL("../../fixtures/openai-responses/hey.sse", import.meta.url));

/** A copy of what is built. */
function copyProgram(): { readonly program: string; readonly bundle: string; readonly code: string } {
  const folder = temporaryDirectory();
  const root = fileURLToPath(new URL("../..", import.meta.url));
  for (const name of ["bin", "dist"]) cpSync(join(root, name), join(folder, name), { recursive: true });
  const bundle = join(folder, "dist", "ssescope.cjs");
  return { program: join(folder, "bin", "ssescope.js"), bundle, code: `${bundle}.code` };
}

describe("V8's code for the program", () => {
  test.each<[string, (path: string) => void]>([
    ["was not kept", (path) => rmSync(path)],
    ["is that of another one", (path) => writeFileSync(path, readFileSync(path).fill(0, 0, 32))],
    ["was cut", (path) => writeFileSync(path, readFileSync(path).subarray(0, 1000))],
    ["is no file", (path) => (rmSync(path), mkdirSync(path))],
  ])("is not needed: it starts where that %s", async (_, change) => {
    const { program, code } = copyProgram();
    change(code);
    const started = startProgram(["-q", HEY], {}, program);
    expect(await text(started.process.stdout)).toBe("hey");
    expect(await started.ending).toEqual({ exitCode: 0, signal: null });
    expect(started.stderr()).toBe("");
  });

  test("is not used for a program that was changed since", async () => {
    const { program, bundle, code } = copyProgram();
    // File systems keep times by the tick: what is written within one has the same time.
    utimesSync(code, new Date(0), new Date(0));
    writeFileSync(bundle, readFileSync(bundle, "utf8").replace("An oscilloscope", "AN OSCILLOSCOPE"));
    expect(await text(startProgram(["--help"], {}, program).process.stdout)).toContain("AN OSCILLOSCOPE");
  });
});

/** The files that a run loads, by the coverage that V8 takes of them. */
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

  test("the HTTP client too, to read a URL", async () => {
    const { origin } = await serve({ body: answer("hey") });
    const files = await filesLoaded([origin]);
    expect(files).toContain("bin/ssescope.js");
    expect(files.some((file) => file.includes("undici"))).toBe(true);
  });
});

function urlsIn(coverage: string): string[] {
  return [...coverage.matchAll(/"scriptId":"\d+","url":"([^"]*)"/g)].map(([, url = ""]) => url);
}
