import { describe, expect, test } from "vitest";
import { lifecycleRules } from "../../../src/rules/general/lifecycle.ts";
import { run } from "../../support/io.ts";
import * as messages from "../../support/messages.ts";
import { parseReport, reportOf } from "../../support/read-report.ts";
import { RESET, serve } from "../../support/server.ts";
import {
  answer,
  completed,
  created,
  data,
  errorEvent,
  inProgress,
  stream,
  streamFrom,
  textDelta,
} from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

const begun = stream(created(), textDelta("hey"));

test("Nothing is found in one response or several, whether their ids differ or not", async () => {
  const second = stream(created({ id: "resp_2" }), completed({ id: "resp_2" }));
  expect(await found(lifecycleRules, answer("one") + second)).toEqual([]);
});

describe("second-start", () => {
  test("is found if the open response begins again, and no-terminal is not", async () => {
    const input = begun + streamFrom(2, created(), textDelta("hey"), completed());
    expect(await found(lifecycleRules, input)).toEqual(["second-start at 2: event: response.created"]);
    const [finding] = await findingsOf(lifecycleRules, input);
    expect(finding).toMatchObject({ severity: "error", expected: "a terminal event", seen: "response.created" });
    expect(finding?.message).toContain("resp_1");
    expect(await findingsOf(lifecycleRules, input, "lenient")).toMatchObject([{ severity: "warning" }]);
  });

  test("is found if the second start has no id, and no-terminal is not", async () => {
    const input = begun + streamFrom(2, created({ id: null }), completed());
    expect(await found(lifecycleRules, input)).toEqual(["second-start at 2: event: response.created"]);
  });

  test("is found in another dialect, at its event that begins a message", async () => {
    const twice = messages.stream(messages.messageStart()) + messages.answer("hey");
    expect(await found(lifecycleRules, twice)).toEqual(["second-start at 1: event: message_start"]);
    // A message that is whole at its start, with its stop reason, begins once.
    const whole = messages.stream(messages.messageStart({ stop_reason: "tool_use" }), messages.messageStop);
    expect(await found(lifecycleRules, whole)).toEqual([]);
  });

  test("is found once for each repeated start", async () => {
    const input = begun + streamFrom(2, created(), created(), completed());
    expect(await found(lifecycleRules, input)).toHaveLength(2);
  });

  test("is found if an ended response begins again under the same id", async () => {
    const input = answer("one") + answer("two");
    const [finding, ...others] = await findingsOf(lifecycleRules, input);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "second-start", severity: "error", expected: "another id" });
    expect(await found(lifecycleRules, messages.answer("one") + messages.answer("two"))).toHaveLength(1);
  });

  test("is not found after an error, or after the terminal event if the id differs", async () => {
    const failed = begun + streamFrom(2, errorEvent("x", "y")) + answer("hey");
    expect(await found(lifecycleRules, failed)).toEqual([]);
    const second = stream(created({ id: "resp_2" }), completed({ id: "resp_2" }));
    expect(await found(lifecycleRules, answer("one") + second)).toEqual([]);
  });

  test("is not found at other snapshots of the response", async () => {
    expect(await found(lifecycleRules, begun + streamFrom(2, inProgress(), inProgress(), completed()))).toEqual([]);
  });
});

describe("response-id-changed", () => {
  test("is found at the first event that has another id", async () => {
    const input = begun + streamFrom(2, inProgress({ id: "resp_2" }), completed({ id: "resp_3" }));
    const [finding, ...others] = await findingsOf(lifecycleRules, input);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "response-id-changed", severity: "warning", event: 2 });
    expect(finding).toMatchObject({ expected: "resp_1", seen: "resp_2" });
    expect(finding?.message).toBe("the id of the response changes from resp_1 to resp_2");
  });

  test("is not found if an id is missing", async () => {
    const unnamed = stream(created({ id: null }), inProgress(), completed());
    expect(await found(lifecycleRules, unnamed)).toEqual([]);
    expect(await found(lifecycleRules, begun + streamFrom(2, completed({ id: null })))).toEqual([]);
  });
});

describe("no-terminal", () => {
  test("is found at the last event of an input that ends before its response", async () => {
    expect(await found(lifecycleRules, begun)).toEqual(["no-terminal at 1: event: response.output_text.delta"]);
    expect(await findingsOf(lifecycleRules, begun, "lenient")).toMatchObject([
      { severity: "error", expected: "a terminal event", seen: "response.output_text.delta" },
    ]);
  });

  test("is found at the last event of the first response if another one begins before it has ended", async () => {
    const input = begun + stream(created({ id: "resp_2" }), completed({ id: "resp_2" }));
    expect(await found(lifecycleRules, input)).toEqual(["no-terminal at 1: event: response.output_text.delta"]);
  });

  test("is found for the first and for the last of several cut responses", async () => {
    const input = begun + stream(created({ id: "resp_2" }), textDelta("you"));
    expect((await findingsOf(lifecycleRules, input)).map(({ event }) => event)).toEqual([1, 3]);
  });

  test("is found if only comments or keep-alives arrived", async () => {
    expect(await found(lifecycleRules, ": keep-alive\n\n")).toEqual(["no-terminal at 0: : keep-alive"]);
    expect(await found(lifecycleRules, stream({ type: "keepalive" }))).toEqual(["no-terminal at 0: event: keepalive"]);
  });

  test("is found if [DONE] arrives instead of a terminal event", async () => {
    expect(await found(lifecycleRules, begun + data("[DONE]"))).toEqual(["no-terminal at 2: data: [DONE]"]);
  });

  test("is found at the last line of a cut NDJSON capture", async () => {
    const lines = [created(), textDelta("hey")].map((payload) => JSON.stringify(payload));
    expect(await found(lifecycleRules, `${lines.join("\n")}\n`)).toEqual([`no-terminal at 1: ${lines[1]}`]);
  });

  test("is not found in a stream that is read as generic in the end", async () => {
    const input = data('{"type":"response.of_the_future"}');
    expect((await reportOf(input)).verdict).toBe("ended");
    expect(await found(lifecycleRules, input)).toEqual([]);
  });

  test("is not found if the body is not a stream", async () => {
    expect(await reportOf("<html></html>")).toMatchObject({ verdict: "not-a-stream", findings: [] });
    expect(await reportOf("")).toMatchObject({ verdict: "not-a-stream", findings: [] });
  });

  test("is not found if a snapshot shows that the response was cancelled", async () => {
    expect(await found(lifecycleRules, begun + streamFrom(2, inProgress({ status: "cancelled" })))).toEqual([]);
  });

  test("is not found if reading was stopped", async () => {
    const report = await reportOf(begun + data("x".repeat(2000)), "--max-event-size", "1K");
    expect(report).toMatchObject({ verdict: "truncated", events: 2 });
    expect(report.findings.map(({ rule }) => rule)).not.toContain("no-terminal");
  });

  test("is not found if the connection broke", async () => {
    const { origin } = await serve({ body: [begun, RESET] });
    const report = parseReport((await run(["--json", origin])).stdout);
    expect(report).toMatchObject({ verdict: "transport-error", events: 2 });
    expect(report.findings.map(({ rule }) => rule)).not.toContain("no-terminal");
  });

  test("is not found after an error", async () => {
    expect(await found(lifecycleRules, begun + streamFrom(2, errorEvent("x", "y")))).toEqual([]);
  });
});

describe("unterminated-last-event", () => {
  test("is found if the input ends without a blank line, and the event is still read", async () => {
    const input = answer("hey").trimEnd();
    expect(await found(lifecycleRules, input)).toEqual(["unterminated-last-event at 7: event: response.completed"]);
    expect(await findingsOf(lifecycleRules, input)).toMatchObject([{ severity: "warning", expected: "a blank line" }]);
    expect((await reportOf(input)).verdict).toBe("completed");
  });

  test("is found if the input ends within a line", async () => {
    expect(await found(lifecycleRules, answer("hey").slice(0, -20))).toEqual([
      "no-terminal at 6: event: response.output_item.done",
      "unterminated-last-event at 7: event: response.completed",
    ]);
  });

  test("is found at the event's place if lines end in CR", async () => {
    const input = answer("hey").replaceAll("\n", "\r").slice(0, -1);
    expect(await found(lifecycleRules, input)).toEqual(["unterminated-last-event at 7: event: response.completed"]);
  });

  test("is not found at a comment without a line end, or in NDJSON, whose last line needs none", async () => {
    expect(await found(lifecycleRules, `${answer("hey")}: bye`)).toEqual([]);
    const lines = [created(), completed()].map((payload) => JSON.stringify(payload));
    expect(await found(lifecycleRules, lines.join("\n"))).toEqual([]);
  });
});
