// What each rule finds, and where; and that none finds anything in a stream without fault.
import { describe, expect, test } from "vitest";
import { run } from "../support/io.ts";
import { parseReport, reportOf } from "../support/read-report.ts";
import { RESET, serve } from "../support/server.ts";
import {
  answer,
  completed,
  created,
  data,
  errorEvent,
  event,
  failed,
  inProgress,
  stream,
  streamFrom,
  textDelta,
} from "../support/stream.ts";

/** What is found in `input`: rule, and the bytes of the input at its place up to the line's end. */
async function found(input: string): Promise<string[]> {
  const { findings } = await reportOf(input);
  return findings.map(({ rule, event, line, offset }) => {
    // Line and offset must be of one place.
    const before = input.slice(0, offset ?? 0);
    expect(before.split("\n")).toHaveLength(line ?? 0);
    const lineAt = input.slice(offset ?? 0).split("\n", 1)[0];
    return `${rule} at ${event}: ${lineAt}`;
  });
}

const begun = stream(created(), textDelta("hey"));

describe("a clean stream has no finding", () => {
  test.each([
    ["an answer", answer("hey")],
    ["several answers", answer("one") + answer("two")],
    ["a stream without sequence numbers", event(created()) + event(textDelta("hey")) + event(completed())],
    ["comments and keep-alives", `: hi\n\n${begun}${streamFrom(2, { type: "keepalive" }, completed())}`],
    ["[DONE] at the end", answer("hey") + data("[DONE]")],
    ["a generic stream", data("hello") + data('{"a":1}')],
  ])("%s", async (_, input) => {
    expect(await found(input)).toEqual([]);
  });
});

describe("sequence-gap", () => {
  test("is found where a number is missing, once for each gap", async () => {
    const input = begun + streamFrom(3, textDelta("x"), textDelta("y")) + streamFrom(9, completed());
    expect(await found(input)).toEqual([
      "sequence-gap at 2: event: response.output_text.delta",
      "sequence-gap at 4: event: response.completed",
    ]);
  });

  test("says how many are missing", async () => {
    const { findings } = await reportOf(begun + streamFrom(5, completed()));
    expect(findings[0]).toMatchObject({ severity: "error", message: expect.stringMatching(/5 .*1.* 3 missing/) });
  });
});

describe("sequence-repeat", () => {
  test("is found where a number comes again, or a lower one", async () => {
    const input = begun + streamFrom(1, textDelta("again")) + streamFrom(2, completed());
    expect(await found(input)).toEqual(["sequence-repeat at 2: event: response.output_text.delta"]);
    const lower = begun + streamFrom(0, textDelta("lower")) + streamFrom(1, completed());
    expect(await found(lower)).toEqual(["sequence-repeat at 2: event: response.output_text.delta"]);
  });

  test("is not found where another response begins anew", async () => {
    expect(await found(answer("one") + answer("two"))).toEqual([]);
  });
});

describe("resumed-stream", () => {
  test("is found where the capture begins in the middle, and nothing is missing then", async () => {
    expect(await found(streamFrom(7, inProgress(), textDelta("hey"), completed()))).toEqual([
      "resumed-stream at 0: event: response.in_progress",
    ]);
  });
});

describe("no-terminal", () => {
  test("is found at the last event of an input that ends before its response", async () => {
    expect(await found(begun)).toEqual(["no-terminal at 1: event: response.output_text.delta"]);
  });

  test("is found where another response begins before the first has ended", async () => {
    const input = begun + stream(created({ id: "resp_2" }), completed({ id: "resp_2" }));
    expect(await found(input)).toEqual(["no-terminal at 1: event: response.output_text.delta"]);
  });

  test("is found where nothing but comments or keep-alives came", async () => {
    expect(await found(": keep-alive\n\n")).toEqual(["no-terminal at 0: : keep-alive"]);
    expect(await found(stream({ type: "keepalive" }))).toEqual(["no-terminal at 0: event: keepalive"]);
  });

  test("is not found in a stream that is read as generic after all", async () => {
    const input = data('{"type":"response.of_the_future"}');
    expect((await reportOf(input)).verdict).toBe("ended");
    expect((await found(input)).map((finding) => finding.split(" ", 1)[0])).not.toContain("no-terminal");
  });

  test("is not found where a snapshot shows that the response was cancelled", async () => {
    expect(await found(begun + streamFrom(2, inProgress({ status: "cancelled" })))).toEqual([]);
  });

  test("is not found where reading was stopped, for then it was not the stream that ended", async () => {
    const report = await reportOf(begun + data("x".repeat(2000)), "--max-event-size", "1K");
    expect(report).toMatchObject({ verdict: "truncated", events: 2, findings: [] });
  });

  test("is not found where the connection broke", async () => {
    const { origin } = await serve({ body: [begun, RESET] });
    const report = parseReport((await run(["--json", origin])).stdout);
    expect(report).toMatchObject({ verdict: "transport-error", events: 2, findings: [] });
  });

  test("is not found after an error", async () => {
    expect(await found(begun + streamFrom(2, errorEvent("x", "y")))).toEqual(["in-band-error at 2: event: error"]);
  });
});

describe("unterminated-last-event", () => {
  test("is found where the input ends without a blank line, and the event is still read", async () => {
    const input = answer("hey").trimEnd();
    expect(await found(input)).toEqual(["unterminated-last-event at 5: event: response.completed"]);
    expect((await reportOf(input)).verdict).toBe("completed");
  });

  test("is found where the input ends within a line", async () => {
    expect(await found(answer("hey").slice(0, -20))).toEqual([
      "no-terminal at 4: event: response.output_item.done",
      "unterminated-last-event at 5: event: response.completed",
    ]);
  });
});

describe("in-band-error", () => {
  test("is found at an error event", async () => {
    const report = await reportOf(begun + streamFrom(2, errorEvent("overloaded", "try later")));
    expect(report.findings).toMatchObject([{ rule: "in-band-error", message: "overloaded: try later", event: 2 }]);
  });

  test("is found once where the failed response says the same again", async () => {
    const error = { code: "overloaded", message: "try later" };
    const input = begun + streamFrom(2, errorEvent("overloaded", "try later"), failed(error));
    expect(await found(input)).toEqual(["in-band-error at 2: event: error"]);
  });

  test("is found again in another response", async () => {
    const once = stream(created(), failed({ code: "overloaded", message: "try later" }));
    expect(await found(once + once)).toEqual([
      "in-band-error at 1: event: response.failed",
      "in-band-error at 3: event: response.failed",
    ]);
  });

  test("is found in a stream of no known dialect", async () => {
    expect(await found(data("hello") + data('{"error":{"message":"no"}}'))).toEqual([
      'in-band-error at 1: data: {"error":{"message":"no"}}',
    ]);
  });
});

describe("invalid-json", () => {
  test.each(['{"type":"response.output_text.delta","del', "[]", "hello", '{"a":1}{"b":2}'])(
    "is found at %j",
    async (text) => {
      const input = begun + data(text) + streamFrom(2, completed());
      expect(await found(input)).toEqual([`invalid-json at 2: data: ${text}`]);
    },
  );
});

test("a number is not taken for missing where its event cannot be read", async () => {
  const input = begun + event({ type: "response.output_text.delta" }).replace("}", "") + streamFrom(3, completed());
  expect(await found(input)).toEqual(["invalid-json at 2: event: response.output_text.delta"]);
});

test("unrecognized-event is found at an event that is not known, and is no fault", async () => {
  const report = await reportOf(begun + streamFrom(2, { type: "response.of_the_future" }, completed()));
  expect(report.findings).toMatchObject([{ rule: "unrecognized-event", severity: "info", event: 2, line: 7 }]);
  expect(report.verdict).toBe("completed");
});

describe("content-type", () => {
  test.each([
    ["text/event-stream", []],
    ["Text/Event-Stream; charset=utf-8", []],
    ["text/plain", ["content-type"]],
    ["application/json", ["content-type"]],
    [null, ["content-type"]],
  ])("of an event stream that the server calls %s", async (contentType, rules) => {
    const headers = contentType === null ? {} : { "content-type": contentType };
    const { origin } = await serve({ headers, body: answer("hey") });
    const { findings, verdict } = parseReport((await run(["--json", origin])).stdout);
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
    expect(verdict).toBe("completed");
  });

  test("of an error's body is no finding", async () => {
    const { origin } = await serve({ status: 500, headers: { "content-type": "text/html" }, body: data("no") });
    expect(parseReport((await run(["--json", origin])).stdout).findings).toEqual([]);
  });
});
