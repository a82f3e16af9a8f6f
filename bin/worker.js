// A thread of `ssescope check --jobs`: what it is sent in, what became of it out. See src/commands/jobs/.
"use strict";

const { parentPort } = require("node:worker_threads");
const { loadProgram } = require("./load-program.js");

if (parentPort !== null) {
  const port = parentPort;
  loadProgram(["check"])
    .program.loadWorker()
    .then(({ serveChecks }) => serveChecks(port));
}
