import { spawn } from "node:child_process";
import type { Io } from "../../src/io.ts";

/** Runs another program and discards its output. */
export const runProgram: Io["runProgram"] = (command, args, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...env }, stdio: "ignore" });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
