// A thread of `ssescope check --jobs`: receives sources and sends back their results. See src/commands/jobs/.
"use strict";

const { parentPort } = require("node:worker_threads");
const { loadProgram } = require("./load-program.js");

if (parentPort !== null) {
  const port = parentPort;
  loadProgram(["check"])
    .program.loadWorker()
    .then(({ serveChecks }) => serveChecks(port));
}
