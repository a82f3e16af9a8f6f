// The whole command, with a server that breaks its connections.
import { rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { captureFiles } from "../support/files.ts";
import { run } from "../support/io.ts";
import { start } from "../support/live.ts";
import { authority, local } from "../support/private-authority.ts";
import { parseReport } from "../support/read-report.ts";
import { type Answer, type ReceivedRequest, RESET, HANG_UP, serve } from "../support/server.ts";
import { answer, data, stream, created } from "../support/stream.ts";

const text = answer("hey", " there");

/** No delay between connections. */
const noWait = "retry: 0\n\n";

/** Each event with its index as its id, so that a server can continue after it. */
const numbered = text.split(/(?<=\n\n)/).map((event, index) => `id: ${index}\n${event}`);

/** How a server breaks a connection. */
const endings = { resets: [RESET], "hangs up": [HANG_UP], "ends its response": [] } as const;
type Ending = keyof typeof endings;

/** A server of `numbered` that breaks each connection after the given number of events. */
function breaking(ending: Ending, ...counts: readonly number[]): (request: ReceivedRequest) => Answer {
  let connections = 0;
  return ({ headers }) => {
    const id = headers["last-event-id"];
    const events = numbered.slice(id === undefined ? 0 : Number(id) + 1);
    const count = counts[connections++];
    if (count === undefined) return { body: events };
    return { body: [noWait, ...events.slice(0, count), "data: cut", ...endings[ending]] };
  };
}

describe("--reconnect", () => {
  test.each<Ending>(["resets", "hangs up", "ends its response"])(
    "joins a stream whose server %s, twice",
    async (ending) => {
      const { origin, requests } = await serve(breaking(ending, 3, 2));
      const { exitCode, stdout, stderr } = await run([origin, "--json", "--reconnect", "-d", "{}", "-H", "x-a: b"]);
      const report = parseReport(stdout);
      expect(exitCode).toBe(0);
      expect(report).toMatchObject({ verdict: "completed", events: numbered.length, error: null, findings: [] });
      expect(report.responses.map((response) => response.text)).toEqual(["hey there"]);
      expect(report.breaks).toMatchObject([
        { lastEventId: "2", startingAfter: null, lostBytes: 9, repeatedEvents: 0 },
        { lastEventId: "4", lostBytes: 9 },
      ]);
      expect(report.breaks[0]?.offset).toBe(Buffer.byteLength(noWait + numbered.slice(0, 3).join("")));
      expect(
        requests.map(({ method, body, headers }) => [method, body, headers["x-a"], headers["last-event-id"]]),
      ).toEqual([
        ["POST", "{}", "b", undefined],
        ["POST", "{}", "b", "2"],
        ["POST", "{}", "b", "4"],
      ]);
      expect(requests.map(({ headers }) => [headers.accept, headers["cache-control"]])).toEqual(
        Array.from({ length: 3 }, () => ["text/event-stream", "no-cache"]),
      );
      expect(
        stderr.match(/^ssescope: .+; reconnecting after the event with the id \d \(attempt 1 of 5\)$/gm),
      ).toHaveLength(2);
    },
  );

  test("reports the breaks in the summary", async () => {
    const { origin } = await serve(breaking("hangs up", 3, 2));
    const { exitCode, stdout, stderr } = await run([origin, "--reconnect=2"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "hey there" });
    expect(stderr).toContain("\njoined    after 2 breaks, 18 bytes of cut events discarded\n");
  });

  test("passes on the bytes of the uncut stream", async () => {
    const { origin } = await serve(breaking("resets", 3, 2));
    const { stdout } = await run([origin, "--reconnect", "--format", "raw", "--quiet"]);
    expect(stdout.replaceAll(noWait, "")).toBe(numbered.join(""));
  });

  test("prints nothing with --quiet", async () => {
    const { origin } = await serve(breaking("resets", 3));
    expect((await run([origin, "--reconnect", "--quiet"])).stderr).toBe("");
  });

  test("reads its files only once, because they may be pipes", async () => {
    const files = captureFiles({ "headers.txt": "x-a: b\n", "authority.pem": authority });
    const answerOnce = breaking("hangs up", 3);
    const { origin, requests } = await serve(
      (request) => {
        for (const file of files) rmSync(file, { force: true });
        return answerOnce(request);
      },
      { tls: local },
    );
    const [headers = "", certificates = ""] = files;
    expect((await run([origin, "--reconnect", "-H", `@${headers}`, "--cacert", certificates])).exitCode).toBe(0);
    expect(requests.map((request) => request.headers["x-a"])).toEqual(["b", "b"]);
  });

  test("ends if the server responds with 204", async () => {
    const { origin, requests } = await serve((request) =>
      request.headers["last-event-id"] === "9" ? { status: 204, body: "" } : { body: `retry: 0\nid: 9\n${data("x")}` },
    );
    const { exitCode, stdout } = await run([origin, "--reconnect", "--json"]);
    expect(requests).toHaveLength(2);
    expect(parseReport(stdout)).toMatchObject({ verdict: "ended", events: 1, breaks: [], error: null });
    expect(exitCode).toBe(0);
  });

  test("fails if the server responds with an error", async () => {
    let connections = 0;
    const { origin, requests } = await serve((request) => {
      connections += 1;
      if (connections > 1) return { status: 503, body: "down", headers: { "content-type": "text/plain" } };
      return breaking("hangs up", 3)(request);
    });
    const { exitCode, stdout } = await run([origin, "--reconnect", "--json"]);
    expect(requests).toHaveLength(2);
    expect(exitCode).toBe(6);
    const message = "cannot continue the stream: HTTP 503 Service Unavailable";
    expect(parseReport(stdout)).toMatchObject({
      verdict: "transport-error",
      error: { code: "NOT_JOINED", message },
      breaks: [],
      pending: { data: "cut" },
    });
  });

  test("does not wait for the body of a response that it cannot join", async () => {
    const never = new Promise<never>(() => {});
    const { origin, requests } = await serve((request) =>
      request.headers["last-event-id"] === undefined
        ? breaking("hangs up", 3)(request)
        : { status: 500, body: ["x", never] },
    );
    expect((await run([origin, "--reconnect"])).exitCode).toBe(6);
    await requests[1]?.closed;
  });

  test("leaves a response that is not a stream as it is", async () => {
    const { origin, requests } = await serve({ status: 401, body: "no", headers: { "content-type": "text/plain" } });
    expect((await run([origin, "--reconnect"])).exitCode).toBe(7);
    expect(requests).toHaveLength(1);
  });

  test("stops waiting at once on an interrupt", async () => {
    const { origin, requests } = await serve({ body: `retry: 60000\n${stream(created())}` });
    const { exitCode, stderr, interrupt } = start([origin, "--reconnect"]);
    await stderr.holds("the connection ended; reconnecting in 1 min 0 s (attempt 1 of 5)\n");
    interrupt();
    expect(await exitCode).toBe(130);
    expect(requests).toHaveLength(1);
  });

  test("leaves the user's own headers as they are", async () => {
    const { origin, requests } = await serve(breaking("resets", 1));
    await run([origin, "--reconnect", "-H", "cache-control: max-age=5", "-H", "accept: text/event-stream, */*"]);
    expect(requests.map(({ headers }) => [headers.accept, headers["cache-control"]])).toEqual([
      ["text/event-stream, */*", "max-age=5"],
      ["text/event-stream, */*", "max-age=5"],
    ]);
  });

  test("works for a check too, which then finds nothing", async () => {
    const { origin } = await serve(breaking("resets", 3, 2));
    const { exitCode, stdout } = await run(["check", origin, "--reconnect"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
  });
});

describe("incompatible options are wrong usage:", () => {
  test.each([
    ["a source that is not a URL", ["cap.sse", "--reconnect"], "--reconnect and --resume need a URL source"],
    ["both at once", ["http://127.0.0.1:9/", "--reconnect", "--resume"], "exclude each other"],
    ["another framing", ["http://127.0.0.1:9/", "--resume", "--framing", "ndjson"], "--resume is for event streams"],
    ["no attempts", ["http://127.0.0.1:9/", "--reconnect=0"], "expected at least 1 attempt"],
  ])("%s", async (_, argv, message) => {
    const { exitCode, stderr } = await run(argv);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test.each([
    ["--reconnect", ["http://127.0.0.1:9/"]],
    ["--reconnect", []],
    ["--resume", []],
    ["--resume", ["check"]],
  ])("a URL in place of the number of attempts of %s is refused without showing its key", async (option, before) => {
    const { exitCode, stderr } = await run([...before, option, "http://127.0.0.1:9/?key=topsecret"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${option} expects a number of attempts`);
    expect(stderr).toContain(`write the URL before it, or give the number: ${option}=5`);
    expect(stderr).not.toContain("topsecret");
  });
});
