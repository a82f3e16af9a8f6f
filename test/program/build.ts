import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Builds `dist` before the tests that start the real program, so that they test the current sources. */
export default async function build(): Promise<void> {
  await promisify(execFile)("npm", ["run", "build"]);
}
