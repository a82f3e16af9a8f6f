import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Builds `dist` before the tests, so that those which start the real program test what the sources say. */
export default async function build(): Promise<void> {
  await promisify(execFile)("npm", ["run", "build"]);
}
