// Streams inside the log of a CI or of containers: the lines of a stream are freed of their prefixes and read, those of each
// origin apart; all others are skipped and counted.
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

/** A log whose lines are those of a stream, behind prefixes that are known; or one that holds events in other ways. */
export const log: Framing = {
  ...plainLog,
  detect(head, complete) {
    const isPlain = plainLog.detect(head, complete);
    const isPrinted = isPlain === true || printedLog.detect(head, complete);
    return isPrinted === true ? true : isPlain === null || isPrinted === null ? null : false;
  },
  create: (open, options) => createDetectingFramer([printedLog, { ...plainLog, detect: () => true }], open, options),
};

/** Origins that are told apart: a log has as many as there are services and processes that write to it. */
const MOST_ORIGINS = 10_000;
/** The beginning of a log without a stream, which shows what it is instead. */
const KEPT_BYTES = 4096;

function createLogFramer(openNamed: OpenStream, options: FramingOptions): Framer {
  const origins = new Map<string, Origin>();
  let allLines = 0;
  let skippedLines = 0;
  let hasStream = false;
  /** The last HTTP response that was an error, or else the last one: where no stream comes, it is what the log has to say. */
  let lastAnswer: Answer | null = null;
  let beginning = "";
  const open: OpenStream = (head) => {
    hasStream = true;
    return openNamed({ ...head, framing: log.name });
  };

  /** Throws LimitError where there are too many: to skip one would be to call a stream fine that nobody has read. */
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

  /** What is said of a log in which there is no stream. */
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
      // In a log the last line is whole, also without a line end.
      const rest = lines.rest();
      if (rest !== null) takeLine(rest);
      joiner.end();
      for (const origin of origins.values()) origin.end();
      if (!hasStream) openNone();
    },
    skipped: () => ({ skippedLines: hasStream ? skippedLines : allLines }),
  };
}
