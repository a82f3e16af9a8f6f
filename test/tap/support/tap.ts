// A tap on the loopback interface for one test, and its reports.
import { onTestFinished } from "vitest";
import type { Report } from "../../../src/model/report.ts";
import { inspectSource } from "../../../src/pipeline/inspect-source.ts";
import { NO_FAULTS } from "../../../src/replay/faults.ts";
import { DEFAULT_POLICY } from "../../../src/rules/policy.ts";
import { readNetwork } from "../../../src/sources/http/network.ts";
import type { Exchange } from "../../../src/tap/exchange.ts";
import { startTap, type TapOptions } from "../../../src/tap/tap.ts";
import { parseUpstream } from "../../../src/tap/upstreams.ts";
import { createPage } from "../../../src/terminal/page.ts";
import { PassThrough } from "node:stream";
import { MEBIBYTE } from "../../../src/wording/sizes.ts";

export interface TestTap {
  readonly port: number;
  readonly origin: string;
  readonly refusals: readonly string[];
  /** The reports of all exchanges, when they are over. */
  readonly reports: () => Promise<readonly Report[]>;
}

export const NETWORK = {
  connectTimeoutMs: 10_000,
  headTimeoutMs: null,
  idleTimeoutMs: null,
  maxTimeMs: null,
  retries: 0,
  caFile: null,
  insecure: false,
  http2: false,
  locationTrusted: false,
};

/** Taps an upstream; it is closed after the test. */
export async function tap(upstream: string, options: Partial<TapOptions> = {}): Promise<TestTap> {
  const followed: Promise<readonly Report[]>[] = [];
  const refusals: string[] = [];
  const { port, close } = await startTap({
    upstreams: [parseUpstream(upstream)],
    host: "127.0.0.1",
    port: 0,
    network: await readNetwork(NETWORK, {}),
    maxDecodedBytes: 64 * MEBIBYTE,
    faults: NO_FAULTS,
    faulty: Infinity,
    onExchange: (exchange) => followed.push(inspect(exchange)),
    onRefusal: (refusal) => refusals.push(refusal),
    ...options,
  });
  onTestFinished(close);
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    refusals,
    reports: async () => (await Promise.all(followed)).flat(),
  };
}

function inspect({ source }: Exchange): Promise<readonly Report[]> {
  const options = {
    framing: null,
    dialect: null,
    rules: DEFAULT_POLICY,
    maxEventBytes: MEBIBYTE,
    maxDecodedBytes: 64 * MEBIBYTE,
    takesAnswers: true,
  };
  const view = { name: "none", title: "nothing", hasSummary: false, create: () => ({}) };
  const page = createPage(new PassThrough());
  const showing = { view, options: { channels: new Set<never>(), source: null, isOneOfMany: false }, page };
  return inspectSource(source, options, showing, new AbortController().signal);
}
