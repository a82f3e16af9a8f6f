import { describe, expect, test } from "vitest";
import { hey } from "../support/captured.ts";
import { jumpingClock } from "../support/clocks.ts";
import { captureFiles } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { start } from "../support/live.ts";
import { silentPort } from "../support/server.ts";

const { path } = fixtureNamed("openai-responses/hey.sse");

test("It prints its address, serves, logs each request without keys, and ends at Ctrl-C.", async () => {
  const { stdout, stderr, exitCode, interrupt } = start(["replay", path, "--speed", "max"]);
  await stderr.holds("OPENAI_BASE_URL=");
  const origin = stdout.text().trim();
  expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const response = await fetch(`${origin}/v1/responses?key=sk-secret-key`, {
    headers: { authorization: "Bearer sk-1" },
  });
  expect(Buffer.from(await response.arrayBuffer()).equals(hey)).toBe(true);
  await stderr.holds("GET /v1/responses?key=REDACTED  200");
  expect(stderr.text()).toContain(`${path}, 4,355 bytes, complete\n`);
  expect(stderr.text()).not.toContain("sk-");
  interrupt();
  expect(await exitCode).toBe(130);
});

test("It ends after --count responses.", async () => {
  const { stdout, exitCode } = start(["replay", path, "--speed", "max", "--count", "1"]);
  await stdout.holds("\n");
  await (await fetch(stdout.text().trim())).arrayBuffer();
  expect(await exitCode).toBe(0);
});

test("A recording that failed before any data is served as the same failure.", async () => {
  const error = { code: "IDLE_TIMEOUT", message: "nothing came for 1 s" };
  const lines = [
    { schema: "ssescope/timing@1", source: "-", startedAt: null, exchange: null, opening: null },
    { end: "failed", ms: 1000, heldBackMs: 0, error },
  ];
  const timing = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const [hang = ""] = captureFiles({ "hang.sse": "", "hang.sse.timing": timing });
  const { stdout, stderr, exitCode } = start(["replay", hang, "--count", "1"]);
  await stdout.holds("\n");
  expect((await run([stdout.text().trim(), "--idle-timeout", "50ms"])).exitCode).toBe(6);
  expect(await exitCode).toBe(0);
  expect(stderr.text()).toContain("0 bytes, stalled");
});

test.each([
  ["--drop 99", ["--drop", "4,99"]],
  ["--cut-after 9999", ["--cut-after", "9999"]],
  ["--cut-after 9999b, --repeat 10,11", ["--cut-after", "9999b", "--repeat", "10,11"]],
  ["--stall-after 10", ["--stall-after", "10", "--reset"]],
  ["--drop 8", ["--cut-after", "3", "--drop", "8"]],
])("A response that ended before %s is reported.", async (missed, argv) => {
  const { stdout, stderr, exitCode } = start(["replay", path, "--speed", "max", "--count", "1", ...argv], {
    clock: jumpingClock(),
  });
  await stdout.holds("\n");
  await run([stdout.text().trim(), "--quiet"]);
  expect(await exitCode).toBe(0);
  expect(stderr.text()).toContain(`ssescope: the response ended before ${missed}\n`);
});

test.each([[["--drop", "4"]], [["--cut-after", "9"]], [["--status", "503", "--cut-after", "9"]], [[]]])(
  "No warning is printed for faults that happened, or were not requested: %j",
  async (argv) => {
    const { stdout, stderr, exitCode } = start(["replay", path, "--speed", "max", "--count", "1", ...argv]);
    await stdout.holds("\n");
    await run([stdout.text().trim(), "--quiet"]);
    expect(await exitCode).toBe(0);
    expect(stderr.text()).not.toContain("ended before");
  },
);

describe("Wrong usage:", () => {
  test.each<[argv: readonly string[], message: string]>([
    [[], "replay needs <capture...> (a file, /path=file, or a folder of tap --record)"],
    [["no-such.sse"], "cannot read no-such.sse: no such file"],
    [["-"], "cannot replay standard input: each response rereads its capture"],
    [["/v1/responses=-"], "cannot replay standard input"],
    [[fixtureNamed("har/chrome.har").path], "its framing is har"],
    [[fixtureNamed("log/gitlab.log").path], "its framing is log"],
    [[path, "--port", "70000"], "Expected a port from 0 to 65535."],
    [[path, "--speed", "0"], "Expected max, or a number such as 1, 10 or 0.5."],
    [[path, "--gap", "soon"], "Expected a duration such as 10s or 500ms."],
    [[path, "--cut-after", "5x"], "Expected a number of events such as 12, or of bytes such as 4000b"],
    [[path, "--faulty", "1"], "--faulty needs a fault"],
    [[path, "--drop", "1,x"], "Expected a number >= 0."],
    [[path, "--chunk-size", "0"], "Expected a number >= 1."],
    [[path, "--status", "200"], "Expected an HTTP error status from 400 to 599."],
    [[path, "-H", "nonsense"], "a --header is not of the form 'Name: value'"],
    [[path, "-H", "x: a\r\ny: b"], "the value of the header x contains a character that cannot be sent"],
  ])("%j", async (argv, message) => {
    const { exitCode, stderr } = await run(["replay", ...argv]);
    expect(exitCode).toBe(2);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(message);
  });

  test("a port in use", async () => {
    const port = await silentPort();
    const { exitCode, stderr } = await run(["replay", path, "--port", String(port)]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`port ${port} is in use on 127.0.0.1`);
  });
});

test("A replay interrupted during its start ends like one interrupted later.", async () => {
  const { exitCode, stdout } = await run(["replay", path], { interrupt: AbortSignal.abort() });
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
  expect(exitCode).toBe(130);
});
