// Names in, as they become known; what workers send back of each out, in the order of the names. Workers run ahead, but not
// far, and no outcome waits for a name that comes after it.
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
  /** Whether a source is not for workers: `check` has it in its turn, and those behind it wait until that is done. */
  readonly isOwn: (source: NamedSource) => boolean;
  readonly check: (source: NamedSource) => AsyncIterable<SourceOutcome>;
  /** The source with that index is reported next. */
  readonly onNext: (index: number, name: string) => void;
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
export async function* checkInWorkers(
  names: Pick<SourceNames, "next">,
  options: PoolOptions,
): AsyncGenerator<SourceOutcome> {
  const { jobs, startWorker, settings, interrupt, isOwn, check, onNext, onRead, failed } = options;
  const hands = new Set<Hand>();
  /** Those that are read and not reported, by their index. */
  const known = new Map<number, NamedSource>();
  const done = new Map<number, SourceOutcome>();
  /** Indexes of those that no worker has yet; what one had in hand when it ended at another source comes first. */
  const waiting: number[] = [];
  /** So many names were read. */
  let read = 0;
  /** The one that is given out next. */
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

  /** Settled when there is another name, or a worker is done with a source, or ends. */
  function news(): Promise<void> {
    return new Promise((resolve) => (state.wake = resolve));
  }

  /** Reads names as far ahead as there is room: for no one else waits for them. */
  async function readNames(): Promise<void> {
    /** Index of a source that is not for workers, and that no other one is checked beside. */
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
      // One that has nothing to do is started only where there is something.
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

  /** The source that it had in hand ended it; the ones behind that go to another one. */
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
    // A thread that waits for a pipe cannot be ended: it has to let go of it first.
    stop();
    while ([...hands].some(({ waiting: inHand }) => inHand.length > 0)) await news();
    await Promise.all([...hands].map(({ worker }) => worker.terminate()));
  }
}

function describeEnd(error: unknown, exitCode: number): string {
  if (error instanceof Error) return error.stack ?? error.message;
  return `its worker thread ended with exit code ${exitCode}`;
}
