// Streams inside logs of CI systems or containers: removes the prefixes from the lines of a stream and reads the lines
// of each origin separately; all other lines are skipped and counted.
import { LimitError } from "../errors.ts";
import { mayBeStream } from "../model/http-head.ts";
import { createDetectingFramer } from "./detect.ts";
import { printedLog } from "./printed/framings.ts";
import type { Framer, Framing, FramingOptions, OpenStream } from "./framing.ts";
import { createLineSplitter, type Line } from "./lines.ts";
import { looksLikeLog } from "./log/detect.ts";
import { createLineJoiner } from "./log/joiner.ts";
import { readLogLine } from "./log/line.ts";
import { createOrigin, type Answer, type Origin } from "./log/origin.ts";

const plainLog: Framing = {
  name: "log",
  title: "streams inside logs of CI systems and containers",
  mediaTypes: [],
  detect: (head, complete) => looksLikeLog(Buffer.from(head.buffer, head.byteOffset, head.byteLength), complete),
  create: createLogFramer,
};

/** A log that holds the lines of a stream after known prefixes, or events in other forms. */
export const log: Framing = {
  ...plainLog,
  detect(head, complete) {
    const isPlain = plainLog.detect(head, complete);
    const isPrinted = isPlain === true || printedLog.detect(head, complete);
    return isPrinted === true ? true : isPlain === null || isPrinted === null ? null : false;
  },
  create: (open, options) =>
    createDetectingFramer(() => [printedLog, { ...plainLog, detect: () => true }], open, options),
};

/** The limit on origins: a log has one for each service and process that writes to it. */
const MOST_ORIGINS = 10_000;
/** How much of a log without a stream is kept, to show what it is instead. */
const KEPT_BYTES = 4096;

function createLogFramer(openNamed: OpenStream, options: FramingOptions): Framer {
  const origins = new Map<string, Origin>();
  let allLines = 0;
  let skippedLines = 0;
  let hasStream = false;
  /** The last HTTP error response, or else the last response: reported if the log holds no stream. */
  let lastAnswer: Answer | null = null;
  let beginning = "";
  const open: OpenStream = (head) => {
    hasStream = true;
    return openNamed({ ...head, framing: log.name });
  };

  /** Throws LimitError if there are too many: skipping one could report a stream as fine without reading it. */
  function originNamed(name: string): Origin {
    const known = origins.get(name);
    if (known !== undefined) return known;
    if (origins.size === MOST_ORIGINS) {
      const message = `the log has more than ${MOST_ORIGINS.toLocaleString("en-US")} prefixes; reading stopped there`;
      throw new LimitError(message, "split it by prefix, or cut out the part that matters");
    }
    const origin = createOrigin(name === "" ? null : name, open, options, {
      skipped: () => (skippedLines += 1),
      answered(answer) {
        if (mayBeStream(answer.http) && !mayBeStream(lastAnswer?.http ?? null)) return;
        lastAnswer = answer;
      },
    });
    origins.set(name, origin);
    return origin;
  }

  const joiner = createLineJoiner(options.maxEventBytes, (line, { kind, origin, atMs, periodMs }) => {
    originNamed(origin).take(line, kind, atMs, periodMs);
  });

  function takeLine(line: Line): void {
    allLines += 1;
    if (!hasStream && beginning.length < KEPT_BYTES) {
      beginning += `${line.bytes.toString("utf8", line.start, Math.min(line.end, line.start + KEPT_BYTES))}\n`;
    }
    joiner.take(line, readLogLine(line.bytes, line.start, line.end));
  }

  const lines = createLineSplitter(takeLine, "lf");

  /** Reports a log without a stream. */
  function openNone(): void {
    const { http, body } = lastAnswer ?? { http: null, body: beginning };
    const sink = openNamed({ framing: log.name, wrapping: null, http, place: null });
    sink.bytes(Buffer.from(body));
    sink.record({ type: "end", bytes: lines.totalBytes, events: 0, lastEventId: "", pending: null }, null);
  }

  return {
    push(bytes) {
      lines.push(bytes);
    },
    end() {
      // In a log, the last line is whole even without a line end.
      const rest = lines.rest();
      if (rest !== null) takeLine(rest);
      joiner.end();
      for (const origin of origins.values()) origin.end();
      if (!hasStream) openNone();
    },
    skipped: () => ({ skippedLines: hasStream ? skippedLines : allLines }),
  };
}
