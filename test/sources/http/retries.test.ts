import { describe, expect, test } from "vitest";
import { retryDelayMs } from "../../../src/sources/http/retries.ts";
import { hey, heyUntilDelta } from "../../support/captured.ts";
import { run } from "../../support/io.ts";
import { createGate, start } from "../../support/live.ts";
import { parseReport } from "../../support/read-report.ts";
import { type Answer, closedPort, HANG_UP, RESET, serve } from "../../support/server.ts";

describe("The time until the next attempt", () => {
  const now = Date.parse("2026-11-23T09:30:00Z");
  test.each<[attempt: number, retryAfter: string | null, random: number, ms: number]>([
    [1, null, 0, 250],
    [1, null, 1, 500],
    [4, null, 0, 2000],
    [20, null, 0, 60_000],
    [1, "7", 0, 7000],
    [1, "0", 1, 0],
    [3, "Mon, 23 Nov 2026 09:30:05 GMT", 0, 5000],
    [1, "Mon, 23 Nov 2026 09:00:00 GMT", 0, 0],
    [1, "86400", 0, 60_000],
    [1, "9".repeat(400), 0, 60_000],
    [1, "soon", 0, 250],
  ])("of attempt %i, Retry-After %j, at random %d is %d ms.", (attempt, retryAfter, random, ms) => {
    expect(retryDelayMs(attempt, retryAfter, now, random)).toBe(ms);
  });
});

/** A server that gives these answers in turn, and the stream after them. */
function serveInTurn(...answers: readonly Answer[]) {
  let count = 0;
  return serve(() => answers[count++] ?? { body: hey });
}

const AT_ONCE = { "retry-after": "0" };

test.each([429, 500, 503])("HTTP %i is tried again, and that is told.", async (status) => {
  const { origin, requests } = await serveInTurn({ status, headers: AT_ONCE, body: "no" });
  const { exitCode, stdout, stderr } = await run([origin, "--json", "--retry", "2", "-d", "{}"]);
  expect(exitCode).toBe(0);
  expect(requests.map(({ method, body }) => `${method} ${body}`)).toEqual(["POST {}", "POST {}"]);
  expect(stderr).toBe(`ssescope: HTTP ${status}; again in 0.0 s (1 of 2)\n`);
  expect(parseReport(stdout).http).toMatchObject({ status: 200, attempts: 2 });
});

test("A connection that is closed without an answer is tried again.", async () => {
  const { origin, requests } = await serve(HANG_UP);
  const { exitCode, stderr } = await run([origin, "-q", "--retry", "1"]);
  expect(exitCode).toBe(6);
  expect(requests).toHaveLength(2);
  expect(stderr).toMatch(/closed the connection without an answer .*; again in 0\.[2-5] s \(1 of 1\)\n/);
});

test("The last answer is the one that counts.", async () => {
  const { origin, requests } = await serve({ status: 503, headers: AT_ONCE, body: "busy" });
  const { exitCode, stdout } = await run([origin, "--json", "--retry", "2"]);
  expect(exitCode).toBe(7);
  expect(requests).toHaveLength(3);
  expect(parseReport(stdout).http).toMatchObject({ status: 503, attempts: 3 });
});

test.each<[string, Answer, number]>([
  ["another client error", { status: 404, body: "" }, 7],
  ["a stream that breaks after its head", { body: [heyUntilDelta, RESET] }, 6],
])("Not tried again is %s.", async (_, answer, code) => {
  const { origin, requests } = await serve(answer);
  expect((await run([origin, "--retry", "3"])).exitCode).toBe(code);
  expect(requests).toHaveLength(1);
});

test("Nothing is tried again unless that is asked for.", async () => {
  const { origin, requests } = await serve({ status: 503, headers: AT_ONCE, body: "busy" });
  await run([origin]);
  expect(requests).toHaveLength(1);
});

test("An interrupt ends the waiting.", async () => {
  const asked = createGate();
  const { origin } = await serve(() => {
    asked.open();
    return { status: 503, headers: { "retry-after": "60" }, body: "" };
  });
  const { stderr, exitCode, interrupt } = start([origin, "--retry", "1"]);
  await stderr.holds("again in 60.0 s");
  interrupt();
  expect(await exitCode).toBe(130);
});

test("A request that cannot be sent is not tried again.", async () => {
  const { exitCode, stderr } = await run([`http://127.0.0.1:${await closedPort()}/`, "-X", "CONNECT", "--retry", "3"]);
  expect(exitCode).toBe(2);
  expect(stderr).not.toContain("again in");
});
