// Joins consecutive deltas that continue one text to one run.
import { isTextDelta, type TextDelta } from "../../model/facts.ts";
import type { Reading } from "../../model/reading.ts";
import { SILENCE_MS } from "../../timing/silences.ts";
import type { ViewListener } from "../view.ts";

/** A run ends at this many characters, because it is held until it is over. */
const LONGEST_TEXT = 1024 * 1024;

interface OpenRun {
  readonly first: Reading;
  last: Reading;
  events: number;
  readonly delta: TextDelta;
  text: string;
}

/** The same listener, called with a run instead of its readings. */
export function folding(inner: ViewListener): ViewListener {
  let open: OpenRun | null = null;

  function close(): void {
    if (open === null) return;
    const { first, last, events, delta, text } = open;
    open = null;
    if (events === 1) inner.read?.(first);
    else inner.run?.({ first, last, events, delta: { ...delta, text } });
  }

  return {
    record(record, atMs) {
      // The reading that follows decides whether an event continues the run.
      if (record.type !== "event") close();
      inner.record?.(record, atMs);
    },
    read(reading) {
      const delta = onlyDelta(reading);
      if (delta === null) {
        close();
        return inner.read?.(reading);
      }
      if (open !== null && continues(open, reading, delta)) {
        open.last = reading;
        open.events += 1;
        open.text += delta.text;
      } else {
        close();
        open = { first: reading, last: reading, events: 1, delta, text: delta.text };
      }
    },
    leaveOut(reading) {
      close();
      inner.leaveOut?.(reading);
    },
    finding(finding) {
      close();
      inner.finding?.(finding);
    },
    end(ending) {
      close();
      inner.end?.(ending);
    },
    report: (report) => inner.report?.(report),
  };
}

/** The delta of an event that contains nothing else; otherwise null. */
function onlyDelta({ facts, pending, stray }: Reading): TextDelta | null {
  const [fact] = facts;
  if (fact === undefined || facts.length > 1 || pending || stray) return null;
  return isTextDelta(fact) && fact.late !== true ? fact : null;
}

function continues({ last, delta, text }: OpenRun, reading: Reading, next: TextDelta): boolean {
  const isSilent = reading.atMs !== null && last.atMs !== null && reading.atMs - last.atMs >= SILENCE_MS;
  return (
    !isSilent &&
    text.length < LONGEST_TEXT &&
    next.type === delta.type &&
    next.response === delta.response &&
    next.item === delta.item &&
    next.part === delta.part
  );
}
