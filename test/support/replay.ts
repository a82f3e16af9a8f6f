// A replay on the loopback for one test.
import { onTestFinished } from "vitest";
import { NO_FAULTS } from "../../src/replay/faults.ts";
import { type AnsweredRequest, type ReplayOptions, startReplay } from "../../src/replay/server.ts";
import { createTurns, type Route } from "../../src/replay/turns.ts";
import type { Succession } from "../../src/replay/program.ts";
import type { Source } from "../../src/sources/source.ts";
import { bareInput } from "../../src/sources/input.ts";
import { jumpingClock } from "./clocks.ts";

export interface TestReplay {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string;
  /** The finished responses. */
  readonly answers: readonly AnsweredRequest[];
  /** The errors of failed requests. */
  readonly failures: readonly string[];
  /** Settles when the server has ended or was stopped. */
  readonly ended: Promise<void>;
  /** Stops the server, like Ctrl-C. */
  readonly stop: () => void;
}

/** A capture in memory, without times. */
export function captureOf(bytes: string | Uint8Array): Source {
  return {
    name: "capture",
    open: async () => bareInput(oneChunk(bytes)),
  };
}

async function* oneChunk(bytes: string | Uint8Array) {
  yield { bytes: Buffer.from(bytes), atMs: null };
}

/** Replays a capture at every path without delays, unless the options change that. It ends after the test. */
export async function serveReplay(
  capture: string | Uint8Array | Source,
  options: Partial<ReplayOptions> & { readonly routes?: readonly Route[]; readonly succession?: Succession } = {},
): Promise<TestReplay> {
  const answers: AnsweredRequest[] = [];
  const failures: string[] = [];
  const source = typeof capture === "string" || capture instanceof Uint8Array ? captureOf(capture) : capture;
  const interrupt = new AbortController();
  const { port, ended } = await startReplay(
    {
      program: createTurns(options.routes ?? [{ path: null, capture: source }], options.succession ?? null),
      host: "127.0.0.1",
      port: 0,
      pace: { speed: Infinity, gapMs: 0 },
      faults: NO_FAULTS,
      faulty: Infinity,
      headers: {},
      cors: false,
      count: Infinity,
      clock: jumpingClock(),
      onAnswer: (answer) => answers.push(answer),
      onFailure: (error) => failures.push(error.message),
      ...options,
    },
    interrupt.signal,
  );
  // A test may await `ended` later, or never.
  ended.catch(() => {});
  const stop = (): void => interrupt.abort();
  onTestFinished(async () => {
    stop();
    await ended.catch(() => {});
  });
  return { origin: `http://127.0.0.1:${port}`, answers, failures, ended, stop };
}
