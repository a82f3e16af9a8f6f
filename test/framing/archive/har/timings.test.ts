import { describe, expect, test } from "vitest";
import { readTimings } from "../../../../src/framing/archive/har/timings.ts";
import { reportOf } from "../../../support/read-report.ts";
import { answer } from "../../../support/stream.ts";

const NOT_KNOWN = -1;

function opened(timings: unknown, creator = "WebInspector") {
  return readTimings({ timings }, creator)?.opening ?? null;
}

describe("The timings of an entry", () => {
  test("are those of its connection, from the request on", () => {
    const timings = { blocked: 2, dns: 10, connect: 80, ssl: 50, send: 1, wait: 107, receive: 700 };
    expect(readTimings({ timings }, "WebInspector")).toEqual({
      opening: { connectMs: 42, tlsMs: 50, headMs: 200 },
      firstByteMs: 200,
      endMs: 900,
      heldBackMs: 0,
    });
  });

  test("count TLS beside the connection where mitmproxy wrote them, or where it takes longer than all of it", () => {
    const timings = { connect: 60, ssl: 50, send: 0, wait: 90, receive: 1 };
    expect(opened(timings, "mitmproxy")).toEqual({ connectMs: 60, tlsMs: 50, headMs: 200 });
    expect(opened({ ...timings, connect: 40 })).toEqual({ connectMs: 40, tlsMs: 50, headMs: 180 });
  });

  test.each([
    ["a connection that was open", { blocked: 1, dns: -1, connect: -1, ssl: -1, send: 1, wait: 98, receive: 3 }],
    ["the same in Firefox", { blocked: 1, dns: 0, connect: 0, ssl: 0, send: 1, wait: 98, receive: 3 }],
  ])("of %s have no time of a connection", (_, timings) => {
    expect(opened(timings)).toEqual({ connectMs: null, tlsMs: null, headMs: 100 });
  });

  test("without a wait say when the connection was open, and no more", () => {
    const timings = { connect: 40, ssl: NOT_KNOWN, send: 1, wait: NOT_KNOWN, receive: 9 };
    expect(readTimings({ timings }, "")).toEqual({
      opening: { connectMs: 40, tlsMs: null, headMs: null },
      firstByteMs: null,
      endMs: null,
      heldBackMs: 0,
    });
  });

  test.each([
    ["nothing", undefined],
    ["zeros, which the format demands", { send: 0, wait: 0, receive: 0 }],
    ["what is not known", { send: -1, wait: -1, receive: -1 }],
    ["something else", { send: "1", wait: null, receive: Number.NaN }],
  ])("of %s are no times", (_, timings) => {
    expect(readTimings({ timings }, "")).toBeNull();
  });

  test("are in the report, which makes up no time of an event", async () => {
    const response = { status: 200, headers: [], content: { mimeType: "text/event-stream", text: answer("hey") } };
    const entry = { request: { method: "POST", url: "https://api.example" }, response };
    const timings = { connect: 80, ssl: 50, send: 1, wait: 119, receive: 30_000 };
    const report = await reportOf(JSON.stringify({ log: { version: "1.2", entries: [{ ...entry, timings }] } }));
    expect(report).toMatchObject({
      timing: { connectMs: 30, tlsMs: 50, ttfbMs: 200, firstEventMs: null, silenceAtEndMs: null, totalMs: 30_200 },
      responses: [{ timing: null }],
      findings: [],
    });
  });
});
