// Entry point of the single executable: runs the program or, in another thread, a worker of `check --jobs`.
import { isMainThread, parentPort } from "node:worker_threads";

if (isMainThread) void import("../../../bin/ssescope.js");
else if (parentPort !== null) {
  const port = parentPort;
  void import("../../commands/jobs/worker.ts").then(({ serveChecks }) => serveChecks(port));
}
