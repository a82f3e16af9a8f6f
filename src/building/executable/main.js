// What the single executable runs: the program, or in another thread what a thread of `check --jobs` runs.
import { isMainThread, parentPort } from "node:worker_threads";

if (isMainThread) void import("../../../bin/ssescope.js");
else if (parentPort !== null) {
  const port = parentPort;
  void import("../../commands/jobs/worker.ts").then(({ serveChecks }) => serveChecks(port));
}
