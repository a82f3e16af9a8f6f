// The worker thread of a check: receives names of files, one after another, and sends back their results.
import { Writable } from "node:stream";
import { parseExpectation } from "../../check/expectation.ts";
import type { Checked } from "../../check/checked.ts";
import { sizesOf } from "../../check/response-sizes.ts";
import type { Demands } from "../../check/judge.ts";
import type { Report } from "../../model/report.ts";
import { readToEnd } from "../../library/result.ts";
import { fileSource } from "../../sources/file.ts";
import { createPage } from "../../terminal/page.ts";
import { MEBIBYTE } from "../../wording/sizes.ts";
import { checkSource, silentView } from "../check-source.ts";
import { type Answer, isOrder, type Order, type Port, type WorkerSettings } from "./messages.ts";

/** Bytes between two progress messages: a message per chunk would cost more than reading it. */
const BYTES_PER_MESSAGE = MEBIBYTE;

/** Handles the messages of `port` until the thread ends. */
export function serveChecks(port: Port<Answer>): void {
  const interrupt = new AbortController();
  let check: ((index: number, name: string) => Promise<void>) | null = null;
  let last = Promise.resolve();

  function take(order: Order): void {
    switch (order.type) {
      case "begin":
        check = createChecker(order.settings, port, interrupt.signal);
        break;
      case "check": {
        const { index, name } = order;
        last = last.then(() => check?.(index, name));
        break;
      }
      case "interrupt":
        interrupt.abort();
    }
  }

  port.on("message", (message) => {
    if (isOrder(message)) take(message);
  });
  port.postMessage({ type: "ready" });
}

function createChecker(
  { reading, failOn, expectations, needsSizes, isWatched }: WorkerSettings,
  port: Port<Answer>,
  interrupt: AbortSignal,
): (index: number, name: string) => Promise<void> {
  const demands: Demands = { rules: reading.rules, failOn, expectations: expectations.map(parseExpectation) };
  const page = { ...createPage(new Writable()), flush: async () => {} };
  const options = { channels: new Set<never>(), source: null, isOneOfMany: true };

  return async (index, name) => {
    const talk: string[] = [];
    let bytes = 0;
    const view = silentView((length) => {
      bytes += length;
      if (!isWatched || bytes < BYTES_PER_MESSAGE) return;
      port.postMessage({ type: "read", index, bytes });
      bytes = 0;
    });
    const source = fileSource(name, (message) => talk.push(message));
    const { streams, bug } = await checkSource(
      name,
      () => readToEnd(source, reading, { view, options, page }, interrupt),
      demands,
    );
    port.postMessage({
      type: "checked",
      index,
      outcome: { streams: streams.map((stream) => withoutTexts(stream, needsSizes)), talk, bug },
    });
  };
}

/** Texts may be long, and reporters that show them follow the stream, for which there are no workers. */
function withoutTexts(checked: Checked, needsSizes: boolean): Checked {
  const { report } = checked;
  if (report === null) return checked;
  const sizes = needsSizes ? { sizes: sizesOf(report) } : null;
  return { ...checked, report: { ...report, responses: report.responses.map(withoutText) }, ...sizes };
}

/** Copies key by key, because copying all keys would join the texts. */
function withoutText(response: Report["responses"][number]): Report["responses"][number] {
  const { id, model, serviceTier, verdict, status, reason, error, resumed, usage, sequence, timing } = response;
  const { serverTiming, cost } = response;
  return {
    id,
    model,
    serviceTier,
    verdict,
    status,
    reason,
    error,
    resumed,
    text: "",
    reasoning: "",
    refusal: "",
    items: [],
    usage,
    ...(serverTiming !== undefined && { serverTiming }),
    ...(cost !== undefined && { cost }),
    sequence,
    timing,
  };
}
