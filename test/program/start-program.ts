// Starts the real program in a separate process.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const PROGRAM = fileURLToPath(new URL("../../bin/ssescope.js", import.meta.url));

interface Ending {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProgram {
  readonly process: ChildProcessWithoutNullStreams;
  /** How the process ended; resolves after all of its output was read. */
  readonly ending: Promise<Ending>;
  readonly stderr: () => string;
  /** Reads stdout until it contains `part`; resolves with its text so far. */
  stdoutHolds(part: string): Promise<string>;
}

/** Starts the program with pipes; it is killed after the test. */
export function startProgram(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
  program = PROGRAM,
): RunningProgram {
  return follow(spawn(process.execPath, [program, ...argv], { env: { ...quietEnvironment(), ...env } }));
}

/** Runs a shell command in which `"$@"` is the program. */
export function startShell(script: string, argv: readonly string[]): RunningProgram {
  const program = [process.execPath, PROGRAM, ...argv];
  return follow(spawn("sh", ["-c", script, "sh", ...program], { env: quietEnvironment() }));
}

/** The environment without variables for colors or of the test runner; saves no compiled code in the user's home. */
function quietEnvironment(): NodeJS.ProcessEnv {
  const {
    NO_COLOR: _noColor,
    FORCE_COLOR: _forceColor,
    NODE_OPTIONS: _options,
    NODE_V8_COVERAGE: _,
    ...env
  } = process.env;
  return { ...env, SSESCOPE_NO_CODE_CACHE: "1" };
}

function follow(child: ChildProcessWithoutNullStreams): RunningProgram {
  const errors: Buffer[] = [];
  child.stderr.on("data", (piece: Buffer) => errors.push(piece));
  // A process that ends before it has read its input breaks the pipe, which is not an error in these tests.
  child.stdin.on("error", () => {});
  const ending = new Promise<Ending>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode, signal) => resolve({ exitCode, signal }));
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let output = "";
  return {
    process: child,
    ending,
    stderr: () => Buffer.concat(errors).toString(),
    async stdoutHolds(part) {
      child.stdout.setEncoding("utf8");
      while (!output.includes(part)) {
        const piece: unknown = child.stdout.read();
        if (typeof piece === "string") output += piece;
        else await once(child.stdout, "readable");
      }
      return output;
    },
  };
}
