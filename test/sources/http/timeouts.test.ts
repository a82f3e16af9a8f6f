// safety 20: timeouts and endings are distinguished. If a test needs events before the timeout, its timers are fake;
// otherwise they are real, and as short as possible.
import { expect, test } from "vitest";
import { hey, heyAfterDelta, heyUntilDelta } from "../../support/captured.ts";
import { run } from "../../support/io.ts";
import { createGate, start } from "../../support/live.ts";
import { parseReport } from "../../support/read-report.ts";
import { serve, silentPort } from "../../support/server.ts";
import { stillTimers } from "../../support/timers.ts";

const never = new Promise<never>(() => {});

/** The error of a run that must fail. */
async function errorOf(...argv: readonly string[]) {
  const { exitCode, stdout } = await run([...argv, "--json"]);
  return errorIn(exitCode, stdout);
}

/** The error of a run in which `ms` pass after the text of a response. */
async function errorAfterText(ms: number, ...argv: readonly string[]) {
  const timers = stillTimers();
  const { stdout, exitCode } = start([...argv, "--format", "facts"]);
  await stdout.holds('"text":"hey"');
  await timers.pass(ms - 1);
  expect(stdout.text()).not.toContain('"schema"');
  await timers.pass(1);
  return errorIn(await exitCode, stdout.text().trimEnd().split("\n").at(-1) ?? "");
}

function errorIn(exitCode: number, json: string) {
  const { verdict, error, responses } = parseReport(json);
  expect({ exitCode, verdict }).toEqual({ exitCode: 6, verdict: "transport-error" });
  return { ...error, text: responses[0]?.text };
}

test("safety 20: a server that never answers the TLS handshake exceeds --connect-timeout.", async () => {
  expect(await errorOf(`https://127.0.0.1:${await silentPort()}/`, "--connect-timeout", "50ms")).toMatchObject({
    code: "CONNECT_TIMEOUT",
    message: "no connection within 50 ms (--connect-timeout)",
  });
});

test("safety 20: a connection that is not yet open exceeds --max-time.", async () => {
  expect(await errorOf(`https://127.0.0.1:${await silentPort()}/`, "--max-time", "50ms")).toMatchObject({
    code: "MAX_TIME",
  });
});

test("safety 20: a stream that falls silent exceeds --idle-timeout, and its text so far is kept.", async () => {
  const { origin, requests } = await serve({ body: [heyUntilDelta, never] });
  expect(await errorAfterText(50, origin, "--idle-timeout", "50ms")).toMatchObject({
    code: "IDLE_TIMEOUT",
    message: "no bytes for 50 ms (--idle-timeout)",
    text: "hey",
  });
  await requests[0]?.closed;
});

test("safety 20: an endless stream exceeds --max-time.", async () => {
  const { origin } = await serve({ body: [heyUntilDelta, never] });
  expect(await errorAfterText(100, origin, "--max-time", "0.1")).toMatchObject({
    code: "MAX_TIME",
    message: "not finished after 100 ms (--max-time)",
    text: "hey",
  });
});

test("safety 20: a server that never responds exceeds --head-timeout.", async () => {
  expect(await errorOf(`http://127.0.0.1:${await silentPort()}/`, "--head-timeout", "50ms")).toMatchObject({
    code: "HEAD_TIMEOUT",
    message: "no response headers within 50 ms (--head-timeout)",
  });
});

test("safety 20: a server that never responds exceeds --max-time.", async () => {
  expect(await errorOf(`http://127.0.0.1:${await silentPort()}/`, "--max-time", "50ms")).toMatchObject({
    code: "MAX_TIME",
  });
});

test("safety 20: a pause within --idle-timeout does not cut the stream.", async () => {
  const gate = createGate();
  const { origin } = await serve({ body: [heyUntilDelta, gate.opened, heyAfterDelta] });
  const { stdout, exitCode } = start([origin, "--idle-timeout", "1h", "--max-time", "1h"]);
  await stdout.holds("hey");
  gate.open();
  expect(await exitCode).toBe(0);
});

test.each(["0", "-1", "soon", "1d", ""])("--idle-timeout %j is wrong usage.", async (time) => {
  const { exitCode, stderr } = await run(["http://127.0.0.1:1/", `--idle-timeout=${time}`]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Expected a duration such as 10s or 500ms.");
});

test("A stream that ends in time leaves no timer.", async () => {
  const { origin } = await serve({ body: hey });
  expect((await run([origin, "--idle-timeout", "1h", "--max-time", "1h"])).exitCode).toBe(0);
  const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout");
  expect((await run([origin, "--idle-timeout", "1h", "--max-time", "1h"])).exitCode).toBe(0);
  expect(process.getActiveResourcesInfo().filter((name) => name === "Timeout").length).toBeLessThanOrEqual(
    timers.length,
  );
});

test.each([
  ["a redirect", { status: 302, headers: { location: "/to" } }, []],
  ["a response that is retried", { status: 503, headers: { "retry-after": "0" } }, ["--retry", "1"]],
])("The body of %s is not waited for if it never ends.", async (_, response, options) => {
  let requests = 0;
  const { origin } = await serve(() => {
    requests += 1;
    return requests === 1 ? { ...response, body: ["wait", never] } : { body: hey };
  });
  const { exitCode, stdout } = await run([`${origin}/from`, "--json", ...options]);
  expect(exitCode).toBe(0);
  expect(parseReport(stdout)).toMatchObject({ verdict: "completed", endedBy: "server" });
});
