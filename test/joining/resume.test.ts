// The whole command with --resume, and a server that stores a response whose connection breaks.
import { describe, expect, test } from "vitest";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { type Answer, HANG_UP, type ReceivedRequest, RESET, serve } from "../support/server.ts";
import { answer, created, streamFrom } from "../support/stream.ts";

const text = answer("hey", " there");
const bytes = Buffer.from(text);

/** No delay between connections. */
const noWait = "retry: 0\n\n";

/** A server of a background response, whose first connection breaks after `cut` bytes. */
function background(cut: number): (request: ReceivedRequest) => Answer {
  return ({ method, url }) => {
    if (method === "POST") return { body: [noWait, bytes.subarray(0, cut), RESET] };
    const after = new URL(url, "http://host").searchParams.get("starting_after");
    return { body: text.split(/(?<=\n\n)/).slice(Number(after) + 1) };
  };
}

describe("--resume", () => {
  test("continues a background response after its last number", async () => {
    const { origin, requests } = await serve(background(600));
    const argv = [
      `${origin}/v1/responses?key=topsecret1`,
      "--resume",
      "--json",
      "-d",
      '{"background":true,"stream":true}',
    ];
    const { exitCode, stdout, stderr } = await run([...argv, "-H", "authorization: Bearer topsecret2"]);
    const report = parseReport(stdout);
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({ verdict: "completed", bytes: noWait.length + bytes.length, findings: [] });
    expect(report.breaks).toMatchObject([{ startingAfter: 2, lastEventId: null, repeatedEvents: 0 }]);
    const [, second] = requests;
    expect(second).toMatchObject({
      method: "GET",
      url: "/v1/responses/resp_1?key=topsecret1&stream=true&starting_after=2",
      body: "",
      headers: { authorization: "Bearer topsecret2" },
    });
    expect(second?.headers["content-type"]).toBeUndefined();
    expect(second?.headers["content-length"]).toBeUndefined();
    expect(stdout + stderr).not.toContain("topsecret");
  });

  test("reports repeated events in the summary", async () => {
    const { origin } = await serve((request) => (request.method === "GET" ? { body: text } : background(600)(request)));
    const { exitCode, stdout, stderr } = await run([origin, "--resume", "-X", "POST"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "hey there" });
    expect(stderr).toMatch(
      /^joined {4}after 1 break, \d+ bytes of cut events discarded, 3 repeated events\s+left out$/m,
    );
  });

  test("fails if the response is not stored, and shows the received events", async () => {
    const { origin } = await serve((request) =>
      request.method === "GET" ? { status: 404, body: "{}" } : background(600)(request),
    );
    const { exitCode, stdout } = await run([origin, "--resume", "--json", "-X", "POST"]);
    expect(exitCode).toBe(6);
    expect(parseReport(stdout)).toMatchObject({ error: { message: expect.stringContaining("HTTP 404") }, events: 3 });
  });

  test("reports that no event has the response's id", async () => {
    const { origin } = await serve({ body: [streamFrom(0, created()).slice(0, 50), HANG_UP] });
    const { exitCode, stderr } = await run([origin, "--resume"]);
    expect(exitCode).toBe(6);
    expect(stderr).toContain("; cannot reconnect: no event has the response's id\n");
  });
});
