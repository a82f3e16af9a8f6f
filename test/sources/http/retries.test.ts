import { describe, expect, test } from "vitest";
import { askedDelayMs, retryDelayMs } from "../../../src/sources/http/retries.ts";
import { hey, heyUntilDelta } from "../../support/captured.ts";
import { jumpingClock } from "../../support/clocks.ts";
import { run } from "../../support/io.ts";
import { createGate, start } from "../../support/live.ts";
import { cert, key } from "../../support/localhost-self-signed.ts";
import { parseReport } from "../../support/read-report.ts";
import { type Answer, closedPort, HANG_UP, RESET, serve } from "../../support/server.ts";

describe("The delay before the next attempt", () => {
  const now = Date.parse("2026-11-23T09:30:00Z");
  test.each<[attempt: number, headers: Record<string, string>, random: number, ms: number]>([
    [1, {}, 0, 250],
    [1, {}, 1, 500],
    [4, {}, 0, 2000],
    [20, {}, 0, 60_000],
    [1, { "retry-after": "7" }, 0, 7000],
    [1, { "retry-after": "0" }, 1, 0],
    [3, { "retry-after": "Mon, 23 Nov 2026 09:30:05 GMT" }, 0, 5000],
    [1, { "retry-after": "Mon, 23 Nov 2026 09:00:00 GMT" }, 0, 0],
    [1, { "retry-after": "86400" }, 0, 60_000],
    [1, { "retry-after": "9".repeat(400) }, 0, 60_000],
    [1, { "retry-after": "soon" }, 0, 250],
    [1, { "retry-after-ms": "120", "retry-after": "7" }, 0, 120],
    [1, { "retry-after-ms": "x", "retry-after": "7" }, 0, 7000],
  ])("of attempt %i, headers %j, at random %d is %d ms.", (attempt, headers, random, ms) => {
    const askedMs = askedDelayMs((name) => headers[name] ?? null, now);
    expect(retryDelayMs(attempt, askedMs, random)).toBe(ms);
  });
});

/** A server that sends these responses in turn, and then the stream. */
function serveInTurn(...answers: readonly Answer[]) {
  let count = 0;
  return serve(() => answers[count++] ?? { body: hey });
}

const AT_ONCE = { "retry-after": "0" };

test.each([429, 500, 503])("HTTP %i is retried, and the retry is reported.", async (status) => {
  const { origin, requests } = await serveInTurn({ status, headers: AT_ONCE, body: "no" });
  const { exitCode, stdout, stderr } = await run([origin, "--json", "--retry", "2", "-d", "{}"]);
  expect(exitCode).toBe(0);
  expect(requests.map(({ method, body }) => `${method} ${body}`)).toEqual(["POST {}", "POST {}"]);
  expect(stderr).toBe(`ssescope: HTTP ${status}; retrying in 0 ms (1 of 2)\n`);
  expect(parseReport(stdout).http).toMatchObject({ status: 200, attempts: 2 });
});

test("A connection that is closed without a response is retried.", async () => {
  const { origin, requests } = await serve(HANG_UP);
  const clock = jumpingClock();
  const { exitCode, stderr } = await run([origin, "-q", "--retry", "1"], { clock });
  expect(exitCode).toBe(6);
  expect(clock.waitsMs).toHaveLength(1);
  expect(requests).toHaveLength(2);
  expect(stderr).toMatch(
    /closed the connection without a response .*; retrying in [2-5]\d\d ms \(1 of 1\)\n.*, after 2 attempts\n/,
  );
});

test("A connection that breaks between the headers and the first byte of the body is retried.", async () => {
  const { origin, requests } = await serveInTurn({ body: [RESET] });
  const { exitCode, stdout } = await run([origin, "--json", "--retry", "1"], { clock: jumpingClock() });
  expect(exitCode).toBe(0);
  expect(requests).toHaveLength(2);
  expect(parseReport(stdout).http?.attempts).toBe(2);
});

test("A permanent failure is not retried: an untrusted certificate.", async () => {
  const { origin } = await serve({ body: hey }, { tls: { cert, key } });
  const { exitCode, stderr } = await run([origin, "-q", "--retry", "3"]);
  expect(exitCode).toBe(6);
  expect(stderr).not.toContain("retrying in");
});

test("--max-time includes the delay before a retry.", async () => {
  const { origin } = await serve({ status: 503, headers: { "retry-after": "60" }, body: "" });
  const { stdout } = await run([origin, "--json", "--retry", "1", "--max-time", "50ms"]);
  expect(parseReport(stdout).error?.code).toBe("MAX_TIME");
});

test("The last response counts.", async () => {
  const { origin, requests } = await serve({ status: 503, headers: AT_ONCE, body: "busy" });
  const { exitCode, stdout } = await run([origin, "--json", "--retry", "2"]);
  expect(exitCode).toBe(7);
  expect(requests).toHaveLength(3);
  expect(parseReport(stdout).http).toMatchObject({ status: 503, attempts: 3 });
});

test.each<[string, Answer, number]>([
  ["another client error", { status: 404, body: "" }, 7],
  ["a stream that breaks after its first bytes", { body: [heyUntilDelta, RESET] }, 6],
])("No retry for %s.", async (_, answer, code) => {
  const { origin, requests } = await serve(answer);
  expect((await run([origin, "--retry", "3"])).exitCode).toBe(code);
  expect(requests).toHaveLength(1);
});

test("No request is retried without --retry.", async () => {
  const { origin, requests } = await serve({ status: 503, headers: AT_ONCE, body: "busy" });
  await run([origin]);
  expect(requests).toHaveLength(1);
});

test("An interrupt ends the delay.", async () => {
  const asked = createGate();
  const { origin } = await serve(() => {
    asked.open();
    return { status: 503, headers: { "retry-after": "60" }, body: "" };
  });
  const { stderr, exitCode, interrupt } = start([origin, "--retry", "1"]);
  await stderr.holds("retrying in 1 min 0 s");
  interrupt();
  expect(await exitCode).toBe(130);
});

test("A request that cannot be sent is not retried.", async () => {
  const { exitCode, stderr } = await run([`http://127.0.0.1:${await closedPort()}/`, "-X", "CONNECT", "--retry", "3"]);
  expect(exitCode).toBe(2);
  expect(stderr).not.toContain("retrying in");
});
