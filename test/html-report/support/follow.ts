import { sse } from "../../../src/framing/sse.ts";
import type { Report } from "../../../src/model/report.ts";
import { inspectStream, type StreamInspection } from "../../../src/pipeline/inspect-stream.ts";
import { DEFAULT_POLICY } from "../../../src/rules/policy.ts";
import type { ViewListener } from "../../../src/views/view.ts";

/** Reads a stream of SSE, followed by a listener, and gives its report. */
export function follow(text: string, listener: ViewListener): Report {
  const inspections: StreamInspection[] = [];
  const framer = sse.create(
    (head) => {
      const options = { framing: "sse", dialect: null, rules: DEFAULT_POLICY };
      const opened = inspectStream("stream", head, options, listener);
      inspections.push(opened);
      return { ...opened, close: () => {} };
    },
    { maxEventBytes: 1e6, http: null },
  );
  framer.push(Buffer.from(text), null);
  framer.end();
  const [inspection] = inspections;
  if (inspection === undefined) throw new Error("the framing opened no stream");
  return inspection.end({
    stop: null,
    endedBy: "input-end",
    asked: null,
    skipped: {},
    compression: null,
    startedAt: null,
    arrival: null,
    breaks: [],
  }).report;
}
