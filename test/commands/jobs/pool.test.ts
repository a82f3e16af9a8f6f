// The pool of workers, with workers that a test controls.
import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { namesIn, type SourceNames } from "../../../src/commands/check-names.ts";
import type { SourceOutcome } from "../../../src/commands/check-source.ts";
import { type Answer, isOrder, type WorkerSettings } from "../../../src/commands/jobs/messages.ts";
import { checkInWorkers, MOST_AHEAD, type PoolOptions } from "../../../src/commands/jobs/pool.ts";
import type { WorkerThread } from "../../../src/io.ts";
import { DEFAULT_POLICY } from "../../../src/rules/policy.ts";

const LIMITS = { maxEventBytes: 1000, maxDecodedBytes: 1000 };
const READING = { framing: null, dialect: null, rules: DEFAULT_POLICY, record: null, redact: false, ...LIMITS };
const SETTINGS: WorkerSettings = {
  reading: READING,
  failOn: "error",
  expectations: [],
  needsSizes: false,
  isWatched: false,
};

/** A worker, as a thread. */
interface Worker {
  answer(answer: Answer): void;
  end(exitCode: number, error?: Error): void;
}

/** What a worker does with a name. Nothing happens synchronously, as between threads. */
type Deed = (worker: Worker, index: number, name: string) => void;

function outcomeOf(name: string): SourceOutcome {
  return { streams: [], talk: [name], bug: null };
}

const check: Deed = (worker, index, name) => worker.answer({ type: "checked", index, outcome: outcomeOf(name) });

/** Starts workers that run `deed`; `begun` counts them. */
function workersThat(deed: Deed) {
  const seen = { begun: 0, given: 0, interrupted: 0 };
  const startWorker = (): WorkerThread => {
    seen.begun += 1;
    const events = new EventEmitter();
    const worker: Worker = {
      answer: (answer) => setImmediate(() => events.emit("message", answer)),
      end: (exitCode, error) =>
        setImmediate(() => {
          if (error !== undefined) events.emit("error", error);
          events.emit("exit", exitCode);
        }),
    };
    worker.answer({ type: "ready" });
    return Object.assign(events, {
      postMessage(message: unknown) {
        if (!isOrder(message)) throw new Error("not an order");
        if (message.type === "interrupt") seen.interrupted += 1;
        if (message.type !== "check") return;
        seen.given += 1;
        deed(worker, message.index, message.name);
      },
      terminate: async () => {},
    });
  };
  return { seen, startWorker };
}

/** A worker that ends before it is loaded. */
function startLoadingWorker(): WorkerThread {
  const events = new EventEmitter();
  setImmediate(() => events.emit("exit", 1));
  return Object.assign(events, { postMessage: () => {}, terminate: async () => {} });
}

/** Names that a test releases one by one. */
class Arriving {
  private readonly names: string[] = [];
  private isOver = false;
  private wake: (() => void) | null = null;

  async next() {
    while (this.names.length === 0 && !this.isOver) await new Promise<void>((resolve) => (this.wake = resolve));
    const name = this.names.shift();
    return name === undefined ? undefined : { name, error: null };
  }

  add(...added: string[]): void {
    this.names.push(...added);
    this.wake?.();
  }

  end(): void {
    this.isOver = true;
    this.wake?.();
  }
}

function known(names: readonly string[]): SourceNames {
  return namesIn(names.map((name) => ({ name, error: null })));
}

function pool(
  names: readonly string[] | Pick<SourceNames, "next">,
  startWorker: () => WorkerThread,
  own: Partial<PoolOptions> = {},
) {
  return checkInWorkers("next" in names ? names : known(names), {
    jobs: 3,
    startWorker,
    settings: SETTINGS,
    interrupt: new AbortController().signal,
    isOwn: ({ name, error }) => error !== null || name.startsWith("own"),
    async *check({ name }) {
      yield outcomeOf(`checked ${name}`);
    },
    onNext: () => {},
    onRead: () => {},
    failed: (name, why) => ({ streams: [], talk: [name], bug: why }),
    ...own,
  });
}

async function allOf(outcomes: AsyncIterable<SourceOutcome>): Promise<SourceOutcome[]> {
  const all: SourceOutcome[] = [];
  for await (const outcome of outcomes) all.push(outcome);
  return all;
}

const NAMES = Array.from({ length: 1000 }, (_, index) => `${index}.sse`);

test("Outcomes come in the order of the names, whichever worker is done first.", async () => {
  const { seen, startWorker } = workersThat((worker, index, name) => {
    if (index % 3 === 0) setTimeout(() => check(worker, index, name), 1);
    else check(worker, index, name);
  });
  expect(await allOf(pool(NAMES, startWorker))).toEqual(NAMES.map(outcomeOf));
  expect(seen.begun).toBe(3);
});

test("Workers run ahead of a slow source, up to a limit.", async () => {
  const held: (() => void)[] = [];
  const { seen, startWorker } = workersThat((worker, index, name) => {
    if (index === 0) held.push(() => check(worker, index, name));
    else check(worker, index, name);
  });
  const outcomes = pool(NAMES, startWorker);
  const first = outcomes.next();
  await expect.poll(() => seen.given).toBe(MOST_AHEAD);
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(seen.given).toBe(MOST_AHEAD);
  for (const finish of held) finish();
  await first;
  expect((await allOf(outcomes)).length).toBe(NAMES.length - 1);
});

test("Workers do not run ahead of a slow reporter.", async () => {
  const { seen, startWorker } = workersThat(check);
  const outcomes = pool(NAMES, startWorker);
  await outcomes.next();
  for (let turn = 0; turn < 1000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(seen.given).toBe(MOST_AHEAD + 1);
  await outcomes.return(undefined);
});

test("A source that ends its worker is reported, and all others are checked.", async () => {
  const { seen, startWorker } = workersThat((worker, index, name) => {
    if (index === 10) worker.end(1, new Error("out of memory"));
    else if (index === 20) worker.end(9);
    else check(worker, index, name);
  });
  const outcomes = await allOf(pool(NAMES, startWorker));
  expect(outcomes.map(({ talk }) => talk[0])).toEqual(NAMES);
  expect(outcomes.filter(({ bug }) => bug !== null)).toEqual([
    { streams: [], talk: ["10.sse"], bug: expect.stringContaining("out of memory") },
    { streams: [], talk: ["20.sse"], bug: "its worker thread ended with exit code 9" },
  ]);
  expect(seen.begun).toBe(5);
});

test("Workers that end at every source are replaced until all sources are reported.", async () => {
  const { startWorker } = workersThat((worker) => worker.end(1));
  const outcomes = await allOf(pool(NAMES.slice(0, 50), startWorker));
  expect(outcomes.map(({ talk }) => talk[0])).toEqual(NAMES.slice(0, 50));
  expect(outcomes.every(({ bug }) => bug !== null)).toBe(true);
});

test("A worker that cannot be loaded ends the run.", async () => {
  await expect(allOf(pool(NAMES, startLoadingWorker))).rejects.toThrow(
    "a worker thread could not be started: its worker thread ended with exit code 1",
  );
});

test("An interrupt reaches every worker.", async () => {
  const interrupt = new AbortController();
  const { seen, startWorker } = workersThat(check);
  const outcomes = pool(NAMES, startWorker, { interrupt: interrupt.signal });
  await outcomes.next();
  interrupt.abort();
  expect(seen.interrupted).toBe(3);
  await outcomes.return(undefined);
});

test("A worker is terminated after it has closed its input, because it cannot be while it waits for a pipe.", async () => {
  const deeds: string[] = [];
  let letGo: (() => void) | null = null;
  const startWorker = (): WorkerThread => {
    const events = new EventEmitter();
    const answer = (message: Answer) => setImmediate(() => events.emit("message", message));
    answer({ type: "ready" });
    return Object.assign(events, {
      postMessage(message: unknown) {
        if (!isOrder(message)) throw new Error("not an order");
        if (message.type === "interrupt") letGo?.();
        if (message.type !== "check") return;
        const { index, name } = message;
        const finish = () => answer({ type: "checked", index, outcome: outcomeOf(name) });
        if (name !== "pipe") return finish();
        letGo = () => {
          deeds.push("let go");
          finish();
        };
      },
      terminate: async () => void deeds.push("terminated"),
    });
  };
  const outcomes = pool(["0.sse", "pipe", "2.sse"], startWorker, { jobs: 1 });
  await outcomes.next();
  await outcomes.return(undefined);
  expect(deeds).toEqual(["let go", "terminated"]);
});

test("The number of bytes read is passed on.", async () => {
  const read: (readonly [number, number])[] = [];
  const { startWorker } = workersThat((worker, index, name) => {
    worker.answer({ type: "read", index, bytes: 7 });
    check(worker, index, name);
  });
  await allOf(pool(["a", "b"], startWorker, { jobs: 1, onRead: (index, bytes) => read.push([index, bytes]) }));
  expect(read).toEqual([
    [0, 7],
    [1, 7],
  ]);
});

test("A finished outcome does not wait for another name.", async () => {
  const { seen, startWorker } = workersThat(check);
  const names = new Arriving();
  const outcomes = pool(names, startWorker);
  for (const name of ["a.sse", "b.sse", "c.sse"]) {
    names.add(name);
    expect(await outcomes.next()).toEqual({ done: false, value: outcomeOf(name) });
  }
  // Only as many threads are started as there is work for.
  expect(seen.begun).toBe(1);
  names.end();
  expect(await outcomes.next()).toEqual({ done: true, value: undefined });
});

test("Names are read ahead only while there is room.", async () => {
  const { startWorker } = workersThat(() => {});
  let read = 0;
  const names = { next: async () => ({ name: `${(read += 1)}.sse`, error: null }) };
  const interrupt = new AbortController();
  const outcomes = pool(names, startWorker, { interrupt: interrupt.signal });
  void outcomes.next();
  for (let turn = 0; turn < 1000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(read).toBe(MOST_AHEAD);
});

test("A source that is not for workers is checked in its turn, and alone.", async () => {
  const { seen, startWorker } = workersThat(check);
  const outcomes = pool(["a.sse", "own", "b.sse", "c.sse"], startWorker);
  expect(await outcomes.next()).toMatchObject({ value: outcomeOf("a.sse") });
  expect(await outcomes.next()).toMatchObject({ value: outcomeOf("checked own") });
  expect(seen.given).toBe(1);
  expect(await allOf(outcomes)).toEqual(["b.sse", "c.sse"].map(outcomeOf));
});

test("Names that cannot be read end the run with their error.", async () => {
  const { startWorker } = workersThat(check);
  const names = { next: () => Promise.reject(new Error("no list")) };
  await expect(allOf(pool(names, startWorker))).rejects.toThrow("no list");
});
