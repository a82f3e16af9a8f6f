// How a bug ends the real program. A script that Node.js loads before the program plants each bug.
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { EXIT_BUG } from "../../src/model/exit-codes.ts";
import { captureFiles } from "../support/files.ts";
import { startProgram, startShell } from "./start-program.ts";

const HEY = fileURLToPath(new URL("../../fixtures/openai-responses/hey.sse", import.meta.url));

/** NODE_OPTIONS that run a script before the program. */
function planted(script: string): string {
  const [file] = captureFiles({ "bug.cjs": script });
  return `--require=${file}`;
}

const BUGS: readonly (readonly [name: string, script: string, argv: readonly string[]])[] = [
  ["thrown in a callback", "setTimeout(() => { throw new Error('planted') }, 0)", ["-"]],
  ["thrown in an event listener", "performance.now = () => { throw new Error('planted') }", ["-"]],
  ["an unhandled rejection", "setTimeout(() => Promise.reject(new Error('planted')), 0)", ["-"]],
  ["thrown while a command runs", "process.cwd = () => { throw new Error('planted') }", ["check", HEY]],
  [
    "thrown while the program is loaded",
    "require('node:vm').Script = class { constructor() { throw new Error('planted') } }",
    [HEY],
  ],
];

describe("A bug ends the program with exit code 70 and is reported as a bug:", () => {
  test.each(BUGS)("%s.", async (_, script, argv) => {
    const program = startProgram(argv, { NODE_OPTIONS: planted(script) });
    // The input stays open: the program does not wait for its end.
    program.process.stdin.write("data: x\n\n");
    program.process.stdout.resume();
    expect(await program.ending).toEqual({ exitCode: EXIT_BUG, signal: null });
    expect(program.stderr()).toMatch(
      /^ssescope: this is a bug in ssescope, please report it:\nError: planted\n {4}at /,
    );
    expect(program.stderr().match(/planted/g)).toHaveLength(1);
  });

  test("an unhandled rejection that Node.js is configured to report as a warning.", async () => {
    const script = "setTimeout(() => Promise.reject('planted'), 0)";
    const program = startProgram(["-"], { NODE_OPTIONS: `--unhandled-rejections=warn ${planted(script)}` });
    program.process.stdout.resume();
    expect(await program.ending).toEqual({ exitCode: EXIT_BUG, signal: null });
    expect(program.stderr()).toContain("please report it:\nplanted\n");
  });

  test("but not if the program is not built.", async () => {
    const script =
      "require('node:fs').openSync = (path) => { throw Object.assign(new Error('none'), { code: 'ENOENT', path }) }";
    const program = startProgram([HEY], { NODE_OPTIONS: planted(script) });
    program.process.stdout.resume();
    expect(await program.ending).toEqual({ exitCode: EXIT_BUG, signal: null });
    expect(program.stderr()).toBe(
      "ssescope: its files in dist are missing\n  build them: npm run build; or wait until a build is over\n",
    );
  });

  test("even if stderr is closed.", async () => {
    const options = planted("setTimeout(() => { throw new Error('planted') }, 100)");
    const script = `{ NODE_OPTIONS='${options}' "$@" 2>&1 >/dev/null; echo "exit $?" >&2; } | true`;
    const shell = startShell(script, ["-"]);
    shell.process.stdout.resume();
    await shell.ending;
    expect(shell.stderr()).toBe(`exit ${EXIT_BUG}\n`);
  });
});
