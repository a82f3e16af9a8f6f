// Takes names as they become known, gives the workers' results in the order of the names. Workers run ahead, but not
// far, and no outcome waits for a later name.
import type { NamedSource } from "../../check/source-names.ts";
import type { WorkerThread } from "../../io.ts";
import { onAbort } from "../../model/on-abort.ts";
import type { SourceNames } from "../check-names.ts";
import type { SourceOutcome } from "../check-source.ts";
import { type Answer, isAnswer, type Order, type WorkerSettings } from "./messages.ts";

export interface PoolOptions {
  readonly jobs: number;
  readonly startWorker: () => WorkerThread;
  readonly settings: WorkerSettings;
  readonly interrupt: AbortSignal;
  /** Whether a source is not for workers: `check` handles it in its turn, and later ones wait for it. */
  readonly isOwn: (source: NamedSource) => boolean;
  readonly check: (source: NamedSource) => AsyncIterable<SourceOutcome>;
  /** The source with that index is reported next. */
  readonly onNext: (index: number, name: string) => void;
  /** Further bytes were read of the source with that index. */
  readonly onRead: (index: number, bytes: number) => void;
  /** The outcome of a source at which a worker ended, with the reason. */
  readonly failed: (name: string, why: string) => SourceOutcome;
}

/** Two, so that a worker has its next source when it finishes one. */
const MOST_IN_HAND = 2;
/** Limit on sources in progress, from the next one to report: finished ones after it wait in memory. */
export const MOST_AHEAD = 256;

interface Hand {
  readonly worker: WorkerThread;
  /** Indexes of the sources that it was sent and has not answered; it is reading the first one. */
  readonly waiting: number[];
  isReady: boolean;
  /** Why it ended, if it reported a reason. */
  error: unknown;
}

/** Lets workers check the files with these names. Throws if a worker cannot be loaded. */
export async function* checkInWorkers(
  names: Pick<SourceNames, "next">,
  options: PoolOptions,
): AsyncGenerator<SourceOutcome> {
  const { jobs, startWorker, settings, interrupt, isOwn, check, onNext, onRead, failed } = options;
  const hands = new Set<Hand>();
  /** Sources whose names are read and that are not reported yet, by index. */
  const known = new Map<number, NamedSource>();
  const done = new Map<number, SourceOutcome>();
  /** Indexes of sources that no worker has; those of a worker that ended at another source come first. */
  const waiting: number[] = [];
  /** Number of names read. */
  let read = 0;
  /** Index of the source that is reported next. */
  let first = 0;
  const state: { failure: Error | null; isAll: boolean; isOver: boolean; wake: () => void; goOn: () => void } = {
    failure: null,
    isAll: false,
    isOver: false,
    wake: () => {},
    goOn: () => {},
  };

  function send({ worker }: Hand, order: Order): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    worker.postMessage(order);
  }

  /** Resolves when there is another name, or a worker finishes a source or ends. */
  function news(): Promise<void> {
    return new Promise((resolve) => (state.wake = resolve));
  }

  /** Reads names ahead while there is room. */
  async function readNames(): Promise<void> {
    /** Index of a source that is not for workers; no other one is checked at the same time. */
    let alone = -1;
    while (!state.isOver) {
      if (read >= first + MOST_AHEAD || first <= alone) {
        await new Promise<void>((resolve) => (state.goOn = resolve));
        continue;
      }
      const source = await names.next();
      if (source === undefined) break;
      known.set(read, source);
      if (isOwn(source)) {
        if (source.error === null) alone = read;
      } else waiting.push(read);
      read += 1;
      giveOut();
      state.wake();
    }
    state.isAll = true;
    state.wake();
  }

  function giveOut(): void {
    if (state.isOver) return;
    for (let room = 1; room <= MOST_IN_HAND; room += 1) {
      // Another worker is started only if there is work for it.
      if (room === MOST_IN_HAND) while (hands.size < Math.min(jobs, hands.size + waiting.length)) handTo(employ());
      for (const hand of hands) {
        if (hand.waiting.length < room) handTo(hand);
      }
    }
  }

  function handTo(hand: Hand): void {
    const index = waiting.shift();
    if (index === undefined) return;
    hand.waiting.push(index);
    send(hand, { type: "check", index, name: known.get(index)?.name ?? "" });
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

  /** Its current source ended it; its other sources go to another worker. */
  function bury(hand: Hand, exitCode: number): void {
    if (!hands.delete(hand)) return;
    if (state.isOver) return state.wake();
    const why = describeEnd(hand.error, exitCode);
    const [culprit, ...others] = hand.waiting;
    if (!hand.isReady) state.failure ??= new Error(`a worker thread could not be started: ${why}`);
    else if (culprit !== undefined) {
      done.set(culprit, failed(known.get(culprit)?.name ?? "", why));
      waiting.unshift(...others);
    }
    if (state.failure === null) giveOut();
    state.wake();
  }

  function employ(): Hand {
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
    return hand;
  }

  function stop(): void {
    for (const hand of hands) send(hand, { type: "interrupt" });
  }

  function advance(): void {
    known.delete(first);
    done.delete(first);
    first += 1;
    state.goOn();
  }

  const forget = onAbort(interrupt, stop);
  try {
    readNames().catch((error: unknown) => {
      state.failure ??= error instanceof Error ? error : new Error(String(error));
      state.wake();
    });
    let told = -1;
    for (;;) {
      const source = known.get(first);
      if (source !== undefined && told < first) onNext((told = first), source.name);
      const outcome = done.get(first);
      if (source !== undefined && isOwn(source)) {
        yield* check(source);
        advance();
      } else if (outcome !== undefined) {
        advance();
        yield outcome;
      } else if (state.failure !== null) throw state.failure;
      else if (state.isAll && first === read) return;
      else await news();
    }
  } finally {
    state.isOver = true;
    state.goOn();
    forget();
    // A thread that waits for a pipe cannot be terminated; it must close the pipe first.
    stop();
    while ([...hands].some(({ waiting: inHand }) => inHand.length > 0)) await news();
    await Promise.all([...hands].map(({ worker }) => worker.terminate()));
  }
}

function describeEnd(error: unknown, exitCode: number): string {
  if (error instanceof Error) return error.stack ?? error.message;
  return `its worker thread ended with exit code ${exitCode}`;
}
