// Runs another program on the same terminal.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Io } from "../io.ts";

/** Ctrl-C reaches both processes; only the other program may act on it. */
function ignore(): void {}

const PASSED_ON = ["SIGTERM", "SIGHUP"] as const;

/** Signals that end this process are forwarded to the other program, which decides when to end. */
export const runProgram: Io["runProgram"] = (command, args, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: "inherit" });
    const passOn = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    process.on("SIGINT", ignore);
    for (const signal of PASSED_ON) process.on(signal, passOn);
    const settle = (): void => {
      process.off("SIGINT", ignore);
      for (const signal of PASSED_ON) process.off(signal, passOn);
    };
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("close", (code, signal) => {
      settle();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
