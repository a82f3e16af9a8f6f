// A worker of `check --jobs` that runs in the test's thread, with messages copied as between threads.
import { EventEmitter } from "node:events";
import { MessageChannel } from "node:worker_threads";
import { serveChecks } from "../../src/commands/jobs/worker.ts";
import type { Io } from "../../src/io.ts";

export const startWorker: Io["startWorker"] = () => {
  const { port1, port2 } = new MessageChannel();
  const events = new EventEmitter();
  port1.on("message", (message) => events.emit("message", message));
  serveChecks(port2);
  return Object.assign(events, {
    postMessage: (message: unknown) => port1.postMessage(message),
    terminate: async () => {
      port1.close();
      port2.close();
    },
  });
};
