// The facts of an input, for one consumer. The consumer sets the pace: the source is read further once all facts are
// taken.
import type { Fact } from "../model/facts.ts";
import type { OutputStream } from "../io.ts";
import { createPage, type Page, pageOver } from "../terminal/page.ts";
import type { FactPlace } from "../views/facts.ts";

/** A fact, and the index of its event: a line of `ssescope --format facts`. */
export type FactRecord = Fact & Omit<FactPlace, "source" | "lastEvent">;

export interface FactQueue {
  /** Where the view `facts` writes. */
  readonly page: Page;
  /** Gives the written facts, until `end`. */
  take(): AsyncGenerator<FactRecord, void>;
  /** No more facts are written. */
  end(): void;
  /** The source is no longer held back, so that it can end; facts may still be taken. */
  release(): void;
  /** No more facts are taken: later ones are dropped. */
  close(): void;
}

/** Discards its input. */
const NOWHERE: OutputStream = { writableLength: 0, write: (_piece, done) => done?.(), on: () => {} };

/** A page that shows nothing. */
export function blankPage(): Page {
  return createPage(NOWHERE);
}

export function createFactQueue(): FactQueue {
  let waiting: FactRecord[] = [];
  let isOver = false;
  let isClosed = false;
  let isReleased = false;
  /** Resumes the consumer. */
  let wake: (() => void) | null = null;
  /** Resumes the source. */
  let letGo: (() => void) | null = null;

  function release(): void {
    letGo?.();
    letGo = null;
  }

  const page = pageOver(blankPage(), {
    writeJson(value) {
      // The report, which comes last, is not a fact.
      if (!isClosed && isFactRecord(value)) waiting.push(value);
    },
    async flush() {
      if (waiting.length === 0 || isClosed) return;
      wake?.();
      if (isReleased) return;
      await new Promise<void>((resolve) => (letGo = resolve));
    },
  });

  return {
    page,
    async *take() {
      for (;;) {
        const changed = new Promise<void>((resolve) => (wake = resolve));
        const taken = waiting;
        waiting = [];
        yield* taken;
        if (waiting.length > 0) continue;
        release();
        if (isOver) return;
        await changed;
      }
    },
    end() {
      isOver = true;
      wake?.();
    },
    release() {
      isReleased = true;
      release();
    },
    close() {
      isClosed = true;
      waiting = [];
      release();
    },
  };
}

function isFactRecord(value: unknown): value is FactRecord {
  return typeof value === "object" && value !== null && "type" in value && "event" in value;
}
