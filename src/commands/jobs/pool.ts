// Names in, what workers send back of each out, in the order of the names. Workers run ahead, but not far.
import type { WorkerThread } from "../../io.ts";
import { onAbort } from "../../model/on-abort.ts";
import type { SourceOutcome } from "../check-source.ts";
import { type Answer, isAnswer, type Order, type WorkerSettings } from "./messages.ts";

export interface PoolOptions {
  readonly jobs: number;
  readonly startWorker: () => WorkerThread;
  readonly settings: WorkerSettings;
  readonly interrupt: AbortSignal;
  /** So many more bytes were read of the source with that index. */
  readonly onRead: (index: number, bytes: number) => void;
  /** What stands for a source at which a worker ended, and why it did. */
  readonly failed: (name: string, why: string) => SourceOutcome;
}

/** A worker that has answered has its next source already. */
const MOST_IN_HAND = 2;
/** Sources from the one that is reported next on: what comes before it is done waits in memory. */
export const MOST_AHEAD = 256;

interface Hand {
  readonly worker: WorkerThread;
  /** Indexes of what it was sent and has not answered; the first one is being read. */
  readonly waiting: number[];
  isReady: boolean;
  /** Why it ends, where it said so. */
  error: unknown;
}

/** Has the files of those names checked by workers. Throws where a worker cannot even be loaded. */
export async function* checkInWorkers(names: readonly string[], options: PoolOptions): AsyncGenerator<SourceOutcome> {
  const { jobs, startWorker, settings, interrupt, onRead, failed } = options;
  const hands = new Set<Hand>();
  const done = new Map<number, SourceOutcome>();
  /** What a worker had in hand when it ended at another source; before those that nobody has had. */
  const again: number[] = [];
  let next = 0;
  /** The one that is given out next. */
  let first = 0;
  const state: { failure: Error | null; isOver: boolean; wake: () => void } = {
    failure: null,
    isOver: false,
    wake: () => {},
  };

  function send({ worker }: Hand, order: Order): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    worker.postMessage(order);
  }

  /** Settled when a worker is done with a source, or ends. */
  function news(): Promise<void> {
    return new Promise((resolve) => (state.wake = resolve));
  }

  function nextIndex(): number | undefined {
    if (again.length > 0) return again.shift();
    return next < Math.min(names.length, first + MOST_AHEAD) ? next++ : undefined;
  }

  function giveOut(): void {
    if (state.isOver) return;
    for (let room = 1; room <= MOST_IN_HAND; room += 1) {
      for (const hand of hands) {
        if (hand.waiting.length >= room) continue;
        const index = nextIndex();
        if (index === undefined) return;
        hand.waiting.push(index);
        send(hand, { type: "check", index, name: names[index] ?? "" });
      }
    }
  }

  function take(hand: Hand, answer: Answer): void {
    if (answer.type === "ready") hand.isReady = true;
    else if (answer.type === "read") onRead(answer.index, answer.bytes);
    else {
      hand.waiting.shift();
      done.set(answer.index, answer.outcome);
      giveOut();
      state.wake();
    }
  }

  /** The source that it had in hand ended it; the ones behind that go to another one. */
  function bury(hand: Hand, exitCode: number): void {
    hands.delete(hand);
    if (state.isOver) return state.wake();
    const why = describeEnd(hand.error, exitCode);
    const [culprit, ...others] = hand.waiting;
    if (!hand.isReady) state.failure ??= new Error(`a worker thread could not be started: ${why}`);
    else if (culprit !== undefined) {
      done.set(culprit, failed(names[culprit] ?? "", why));
      again.unshift(...others);
    }
    if (state.failure === null && (again.length > 0 || next < names.length)) employ();
    giveOut();
    state.wake();
  }

  function employ(): void {
    const hand: Hand = { worker: startWorker(), waiting: [], isReady: false, error: null };
    hands.add(hand);
    hand.worker.on("message", (message) => {
      if (isAnswer(message)) take(hand, message);
    });
    hand.worker.on("error", (error) => {
      hand.error = error;
    });
    hand.worker.on("exit", (exitCode) => bury(hand, exitCode));
    send(hand, { type: "begin", settings });
  }

  function stop(): void {
    for (const hand of hands) send(hand, { type: "interrupt" });
  }

  const forget = onAbort(interrupt, stop);
  try {
    for (let job = 0; job < jobs; job += 1) employ();
    giveOut();
    while (first < names.length) {
      const outcome = done.get(first);
      if (outcome !== undefined) {
        done.delete(first);
        first += 1;
        giveOut();
        yield outcome;
      } else if (state.failure !== null) throw state.failure;
      else await news();
    }
  } finally {
    state.isOver = true;
    forget();
    // A thread that waits for a pipe cannot be ended: it has to let go of it first.
    stop();
    while ([...hands].some(({ waiting }) => waiting.length > 0)) await news();
    await Promise.all([...hands].map(({ worker }) => worker.terminate()));
  }
}

function describeEnd(error: unknown, exitCode: number): string {
  if (error instanceof Error) return error.stack ?? error.message;
  return `its worker thread ended with exit code ${exitCode}`;
}
