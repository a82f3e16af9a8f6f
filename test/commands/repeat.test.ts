// `--repeat` of a URL: rate of requests, counting, recording, and how it ends.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dangerousIn } from "../support/control-characters.ts";
import { arrival, manualClock } from "../support/clocks.ts";
import { temporaryDirectory } from "../support/files.ts";
import { run } from "../support/io.ts";
import { createGate, start } from "../support/live.ts";
import { hey } from "../support/captured.ts";
import { type Answer, closedPort, HANG_UP, listen, serve, silentPort } from "../support/server.ts";
import { answer } from "../support/stream.ts";
import { answering, messagesOf, serveWebSocket } from "../support/web-sockets.ts";
import { runStats } from "../stats/support/run-stats.ts";

const whole = { body: answer("Ebb") };
const limited = {
  status: 429,
  headers: { "content-type": "application/json", "retry-after": "1" },
  body: JSON.stringify({ error: { message: "Rate limit reached", type: "requests", code: "rate_limit_exceeded" } }),
};
const cut = { body: [answer("Ebb").slice(0, 300), HANG_UP] as const };

/** Counts the requests from 1. */
function counting(answerTo: (number: number) => Answer): () => Answer {
  let number = 0;
  return () => answerTo((number += 1));
}

test("The same request is made N times, and each result counts.", async () => {
  const { origin, requests } = await serve(whole);
  const body = JSON.stringify({ model: "gpt-5", stream: true });
  const { exitCode, statistics, stderr } = await runStats([`${origin}/v1/responses`, "-d", body, "--repeat", "7"]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(statistics.all).toMatchObject({ count: 7, streams: 7, failed: 0 });
  expect(statistics.all.measures.firstToken.count).toBe(7);
  expect(requests.map((request) => [request.method, request.url, request.body])).toEqual(
    Array.from({ length: 7 }, () => ["POST", "/v1/responses", body]),
  );
});

test("A body from standard input is sent every time.", async () => {
  const { origin, requests } = await serve(whole);
  const options = { stdin: ['{"stream":true}'] };
  expect((await runStats([origin, "-d", "@-", "--repeat", "3"], options)).exitCode).toBe(0);
  expect(requests.map(({ body }) => body)).toEqual(Array.from({ length: 3 }, () => '{"stream":true}'));
});

test("The line of a stream without an end has no total.", async () => {
  const body = answer("Ebb").slice(0, answer("Ebb").indexOf("response.completed"));
  const { origin } = await serve({ body });
  const { stderr } = await run([origin, "--repeat", "1"]);
  expect(stderr).toMatch(/^#1 .* truncated, .*first token/m);
  expect(stderr).not.toMatch(/^#1 .* total \d/m);
});

test("One cut stream in fifty is found and reported on stderr.", async () => {
  const { origin } = await serve(counting((number) => (number === 31 ? cut : whole)));
  const { exitCode, statistics, stderr } = await runStats([origin, "--repeat", "50", "--by", "verdict"]);
  expect(exitCode).toBe(0);
  expect(statistics.groups.map(({ values, count }) => values.concat([String(count)]))).toEqual([
    ["completed", "49"],
    ["transport-error", "1"],
  ]);
  expect(stderr).toMatch(/^#31 GET \/ .*transport-error.*\n/);
  expect(stderr).not.toContain("#30");
});

test("HTTP 429 and failed connections are counted like other results.", async () => {
  const { origin } = await serve(counting((number) => (number % 2 === 0 ? limited : whole)));
  const { exitCode, statistics, stderr } = await runStats([origin, "--repeat", "6", "--by", "http.status"]);
  expect(exitCode).toBe(0);
  expect(statistics.groups.map(({ values, count, failed }) => values.concat([String(count), String(failed)]))).toEqual([
    ["200", "3", "0"],
    ["429", "3", "3"],
  ]);
  expect(stderr).toContain("#2 GET /");
  expect(stderr).toContain("HTTP 429");
  const nobody = await runStats([`http://127.0.0.1:${await closedPort()}/`, "--repeat", "3"]);
  expect([nobody.exitCode, nobody.statistics.all.count, nobody.statistics.all.failed]).toEqual([0, 3, 3]);
  expect(nobody.stderr).toContain("#3 GET /");
});

test("The default command prints the same statistics, and its exit code is that of the worst stream.", async () => {
  const { origin } = await serve(counting((number) => (number === 2 ? cut : whole)));
  const { exitCode, stdout } = await run([origin, "--repeat", "4"]);
  expect(exitCode).toBe(6);
  expect(stdout).toMatch(/^4 responses?/);
  const fine = await serve(whole);
  const json = await run([fine.origin, "--repeat", "2", "--json"]);
  expect([json.exitCode, JSON.parse(json.stdout)]).toMatchObject([
    0,
    { schema: "ssescope/stats@1", all: { count: 2 } },
  ]);
});

test("No more requests are open than --concurrency allows.", async () => {
  for (const [argv, most] of [
    [["--repeat", "12", "--concurrency", "4"], 4],
    [["--repeat", "3"], 1],
  ] as const) {
    const open = { now: 0, most: 0 };
    const server = createServer(async (_, response) => {
      open.now += 1;
      open.most = Math.max(open.most, open.now);
      await arrival();
      open.now -= 1;
      response.writeHead(200, { "content-type": "text/event-stream" }).end(answer("Ebb"));
    });
    const url = `http://127.0.0.1:${await listen(server)}/`;
    expect((await runStats([url, ...argv])).statistics.all).toMatchObject({ failed: 0 });
    expect(open.most).toBe(most);
  }
});

test("Requests begin at the rate while others are open, and never faster.", async () => {
  const clock = manualClock();
  const gate = createGate();
  const beganMs: number[] = [];
  const { origin } = await serve(() => {
    beganMs.push(clock.now());
    return { body: [gate.opened, answer("Ebb")] };
  });
  const live = start(["stats", origin, "--json", "--repeat", "4", "--rate", "5/s"], { clock });
  for (let begun = 1; begun <= 4; begun += 1) {
    while (beganMs.length < begun) await arrival();
    if (begun < 4) await clock.awaited();
    await clock.advance(199);
    await arrival();
    expect(beganMs).toHaveLength(begun);
    await clock.advance(1);
  }
  gate.open();
  expect(await live.exitCode).toBe(0);
  expect(beganMs).toEqual([0, 200, 400, 600]);
});

test("If concurrency limits the rate, late requests are not caught up, and a message says so.", async () => {
  const clock = manualClock();
  const beganMs: number[] = [];
  const gates = [createGate(), createGate(), createGate()];
  const { origin } = await serve(() => {
    beganMs.push(clock.now());
    return { body: [gates[beganMs.length - 1]?.opened ?? "", answer("Ebb")] };
  });
  const argv = ["stats", origin, "--json", "--repeat", "3", "--rate", "5/s", "--concurrency", "1"];
  const live = start(argv, { clock });
  while (beganMs.length < 1) await arrival();
  await clock.advance(500);
  gates[0]?.open();
  while (beganMs.length < 2) await arrival();
  gates[1]?.open();
  await clock.awaited();
  await clock.advance(200);
  while (beganMs.length < 3) await arrival();
  gates[2]?.open();
  expect(await live.exitCode).toBe(0);
  expect(beganMs).toEqual([0, 500, 700]);
  expect(live.stderr.text()).toBe(
    "ssescope: the rate was not reached: 1 request began late, because at most 1 may be open at once\n",
  );
});

describe("The recording", () => {
  test("is a session that can be read, counted and replayed, without keys", async () => {
    const { origin } = await serve(counting((number) => (number === 2 ? limited : whole)));
    const folder = join(temporaryDirectory(), "runs");
    const env = { KEY: "sk-secret-123456" };
    const body = '{"model":"gpt-5","stream":true}';
    const request = [`${origin}/v1/responses`, "-d", body, "--bearer-env", "KEY"];
    const live = await runStats([...request, "--repeat", "3", "--record", folder], { env });
    expect(readdirSync(folder).sort()).toEqual([
      "0001-post-v1-responses.request.json",
      "0001-post-v1-responses.sse",
      "0001-post-v1-responses.sse.timing",
      "0002-post-v1-responses.json",
      "0002-post-v1-responses.json.timing",
      "0002-post-v1-responses.request.json",
      "0003-post-v1-responses.request.json",
      "0003-post-v1-responses.sse",
      "0003-post-v1-responses.sse.timing",
      "exchanges.ndjson",
    ]);
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), "utf8")).not.toContain("secret");
    const kept = JSON.parse(readFileSync(join(folder, "0003-post-v1-responses.request.json"), "utf8"));
    expect(kept).toMatchObject({ request: { exchange: 3, model: "gpt-5" }, body: { json: JSON.parse(body) } });
    const again = await runStats([folder]);
    expect(again.statistics.all).toEqual(live.statistics.all);
    const first = await run(["--json", join(folder, "0001-post-v1-responses.sse")]);
    expect(JSON.parse(first.stdout)).toMatchObject({ verdict: "completed", request: { exchange: 1 } });
  });

  test("can be redacted", async () => {
    const { origin } = await serve(whole);
    const folder = join(temporaryDirectory(), "runs");
    const { exitCode } = await runStats([
      origin,
      "-d",
      '{"input":"Flood"}',
      "--repeat",
      "2",
      "--record",
      folder,
      "--redact",
    ]);
    expect(exitCode).toBe(0);
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), "utf8")).not.toMatch(/Ebb|Flood/);
  });

  test("needs a new or empty folder", async () => {
    const { origin, requests } = await serve(whole);
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "notes.txt"), "");
    const { exitCode, stderr } = await run(["stats", origin, "--repeat", "2", "--record", folder]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("is not empty")]);
    expect(requests).toHaveLength(0);
    mkdirSync(join(folder, "empty"));
    expect((await runStats([origin, "--repeat", "1", "--record", join(folder, "empty")])).exitCode).toBe(0);
  });

  test("can be compared with an earlier one", async () => {
    const { origin } = await serve(counting((number) => (number > 40 ? limited : whole)));
    const folder = join(temporaryDirectory(), "before");
    const request = ["-d", "{}", "--repeat", "40", "--by", "all"];
    expect((await runStats([origin, ...request, "--record", folder])).exitCode).toBe(0);
    const { exitCode, statistics } = await runStats([origin, ...request, "--against", folder]);
    expect(exitCode).toBe(1);
    expect(statistics.against?.worse).toBeGreaterThan(0);
  });
});

test("Ctrl-C ends open requests, and prints the statistics without them, as their recording does later.", async () => {
  const never = new Promise<void>(() => {});
  for (const command of [["stats"], []]) {
    const { origin, requests } = await serve(
      counting((number) => (number <= 3 ? whole : { body: [answer("Ebb").slice(0, 300), never] })),
    );
    const folder = join(temporaryDirectory(), "runs");
    const live = start([...command, origin, "--json", "--repeat", "9", "--concurrency", "2", "--record", folder]);
    while (requests.length < 5) await arrival();
    live.interrupt();
    expect(await live.exitCode).toBe(130);
    const counts = { cutShort: 2, all: { count: 3, failed: 0 } };
    expect(JSON.parse(live.stdout.text())).toMatchObject({ interrupted: true, ...counts });
    expect(live.stderr.text()).toBe("");
    expect((await runStats([folder])).statistics).toMatchObject({ interrupted: false, ...counts });
    for (const { closed } of requests) await closed;
    expect(requests).toHaveLength(5);
  }
});

test("Ctrl-C also ends a request without a response, and the wait for the next one.", async () => {
  const silent = start(["stats", `http://127.0.0.1:${await silentPort()}/`, "--json", "--repeat", "9"]);
  await arrival();
  silent.interrupt();
  expect(await silent.exitCode).toBe(130);
  expect(JSON.parse(silent.stdout.text())).toMatchObject({ interrupted: true, all: { count: 0 } });
  const { origin } = await serve(whole);
  const clock = manualClock();
  const slow = start(["stats", origin, "--json", "--repeat", "9", "--rate", "1/h"], { clock });
  await clock.awaited();
  await arrival();
  slow.interrupt();
  expect(await slow.exitCode).toBe(130);
});

test("On a terminal, open requests are shown in a table, and each finished one gets a line.", async () => {
  const gate = createGate();
  const clock = manualClock();
  const nasty = answer("Ebb \u001b[2J");
  const { origin } = await serve(
    counting((number) => (number < 3 ? whole : { body: [nasty.slice(0, 300), gate.opened, nasty.slice(300)] })),
  );
  const argv = ["stats", `${origin}/v1/responses`, "--repeat", "3", "--color", "never"];
  const live = start(argv, { clock, terminalColumns: 100 });
  await live.stderr.holds("#2 GET");
  await clock.awaited();
  await clock.advance(400);
  expect(live.stderr.text()).toContain("1 request open, 2 of 3 done");
  gate.open();
  expect(await live.exitCode).toBe(0);
  expect(live.stderr.text()).toContain("#3 GET /v1/responses");
  expect(live.stdout.text()).toMatch(/^3 /);
  expect(dangerousIn(live.stdout.text())).toEqual([]);
});

describe("A WebSocket", () => {
  const ask = '{"type":"response.create","model":"gpt-5"}';
  const events = messagesOf(hey);

  test("gets the messages each time, and is closed when its response ends.", async () => {
    const { url, seen } = await serveWebSocket(({ socket }) =>
      socket.on("message", (message: Buffer) => {
        if (message.includes("response.create")) events.forEach((event) => socket.send(event));
      }),
    );
    const argv = [`${url}/v1/responses`, "-d", "@-", "-d", ask, "--repeat", "6", "--concurrency", "3"];
    const { exitCode, statistics, stderr } = await runStats(argv, { stdin: ['{"type":"session.update"}'] });
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(statistics.all).toMatchObject({ count: 6, streams: 6, failed: 0 });
    expect(statistics.all.measures.firstToken.count).toBe(6);
    expect(seen.map(({ messages }) => messages[1])).toEqual(Array.from({ length: 6 }, () => `text:${ask}`));
    for (const { closed } of seen) expect(await closed).toBe("1000");
  });

  test("that is cut, and a handshake that is refused, are results.", async () => {
    let number = 0;
    const { url } = await serveWebSocket((peer) => {
      number += 1;
      if (number === 2) peer.transport.destroy();
      else answering(events)(peer);
    });
    const cutOnce = await runStats([url, "-d", ask, "--repeat", "3", "--by", "verdict"]);
    expect(cutOnce.statistics.groups).toMatchObject([
      { values: ["completed"], count: 2 },
      { values: ["transport-error"], count: 1 },
    ]);
    expect(cutOnce.stderr).toContain("#2 GET /");
    const { origin } = await serve(limited);
    const refused = await runStats([origin.replace("http", "ws"), "-d", ask, "--repeat", "2", "--by", "http.status"]);
    expect(refused.statistics.groups).toMatchObject([{ values: ["429"], count: 2 }]);
  });

  test("is recorded with its messages, without keys, and the recording gives the same counts.", async () => {
    const { url } = await serveWebSocket(answering(events));
    const folder = join(temporaryDirectory(), "runs");
    const argv = [`${url}/v1/responses`, "-H", "authorization: Bearer sk-secret", "-d", ask, "--repeat", "2"];
    const live = await runStats([...argv, "--record", folder]);
    expect(readdirSync(folder).filter((name) => name.startsWith("0002"))).toEqual([
      "0002-get-v1-responses.ndjson",
      "0002-get-v1-responses.ndjson.timing",
      "0002-get-v1-responses.request.json",
    ]);
    const request = readFileSync(join(folder, "0002-get-v1-responses.request.json"), "utf8");
    expect(JSON.parse(request)).toMatchObject({ request: { model: "gpt-5" }, body: { json: JSON.parse(ask) } });
    expect(request).not.toContain("sk-secret");
    const { statistics } = await runStats([folder]);
    expect(statistics.all.count).toBe(live.statistics.all.count);
    expect(statistics.all.verdicts).toEqual(live.statistics.all.verdicts);
  });
});

describe("Wrong usage:", () => {
  const url = "http://127.0.0.1:9/";
  test.each<[argv: readonly string[], message: string]>([
    [[url, "--concurrency", "2"], "--concurrency needs --repeat"],
    [[url, "--rate", "5/s"], "--rate needs --repeat"],
    [[url, "--repeat", "0"], "Expected a number >= 1"],
    [[url, "--repeat", "5", "--concurrency", "65"], "At most 64 requests can be open at once"],
    [[url, "--repeat", "5", "--rate", "5"], "Expected a rate such as 5/s"],
    [[url, "--repeat", "5", "--rate", "0/s"], "Expected a rate such as 5/s"],
    [[url, "--repeat", "5", "--rate", "0.01/h"], "Expected a rate such as 5/s"],
    [["capture.sse", "--repeat", "5"], "--repeat needs a URL"],
    [["--repeat", "5"], "--repeat needs a URL"],
    [[url, url, "--repeat", "5"], "--repeat takes one URL, but 2 sources were given"],
    [["ws://127.0.0.1:9/", "--repeat", "5", "-X", "POST"], "--request is for http URLs"],
    [["ftp://127.0.0.1:9/", "--repeat", "5"], "cannot read ftp: URLs"],
    [[url, "--repeat", "5", "--reconnect=2"], "--repeat and --reconnect do not work together"],
    [[url, "--repeat", "5", "--resume=2"], "--repeat and --resume do not work together"],
    [[url, "--repeat", "5", "--redact"], "--redact needs --record"],
    [[url, "--repeat", "5", "-d", "@missing.json"], "cannot read missing.json"],
  ])("%j", async (argv, message) => {
    for (const command of [["stats"], []]) {
      const { exitCode, stdout, stderr } = await run([...command, ...argv]);
      expect([exitCode, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
    }
  });

  test.each<[argv: readonly string[], message: string]>([
    [["stats", url, "--repeat", "5", "--jobs", "2"], "--jobs is for files"],
    [["stats", "--repeat", "5", "--sources-from", "list.txt"], "--sources-from is for files"],
    [[url, "--repeat", "5", "--format", "events"], "--repeat prints statistics, so --format has no effect"],
    [[url, "--repeat", "5", "--only", "text"], "--repeat prints statistics, so --only has no effect"],
  ])("%j", async (argv, message) => {
    const { exitCode, stderr } = await run(argv);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
