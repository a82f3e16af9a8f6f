import { describe, expect, test } from "vitest";
import { sequenceRules } from "../../../../src/dialects/openai-responses/rules/sequence.ts";
import {
  answer,
  completed,
  created,
  data,
  errorEvent,
  event,
  inProgress,
  stream,
  streamFrom,
  textDelta,
} from "../../../support/stream.ts";
import { findingsOf, found } from "../../../rules/support/found.ts";

const begun = stream(created(), textDelta("hey"));

test("Nothing is found in one response or several, around comments, keep-alives and [DONE]", async () => {
  const silence = streamFrom(2, { type: "keepalive" }) + event({ type: "response.keep_alive" });
  expect(await found(sequenceRules, answer("one") + data("[DONE]") + answer("two"))).toEqual([]);
  expect(await found(sequenceRules, `: hi\n\n${begun}${silence}: hi\n\n${streamFrom(3, completed())}`)).toEqual([]);
});

describe("sequence-gap", () => {
  test("is found once for each gap", async () => {
    const input = begun + streamFrom(3, textDelta("x"), textDelta("y")) + streamFrom(9, completed());
    expect(await found(sequenceRules, input)).toEqual([
      "sequence-gap at 2: event: response.output_text.delta",
      "sequence-gap at 4: event: response.completed",
    ]);
  });

  test("says how many are missing", async () => {
    const input = begun + streamFrom(5, completed());
    const [finding] = await findingsOf(sequenceRules, input);
    expect(finding).toMatchObject({ severity: "error", expected: "2", seen: "5" });
    expect(finding?.message).toMatch(/5 .*1.* 3 missing/);
    expect(await findingsOf(sequenceRules, input, "lenient")).toMatchObject([{ severity: "warning" }]);
  });

  test("is found in NDJSON, too", async () => {
    const first = JSON.stringify({ ...created(), sequence_number: 0 });
    const second = JSON.stringify({ ...completed(), sequence_number: 2 });
    expect(await found(sequenceRules, `${first}\n${second}\n`)).toEqual([`sequence-gap at 1: ${second}`]);
  });

  test("is not found if the missing number was that of an unreadable event", async () => {
    const broken = event({ type: "response.output_text.delta" }).replace("}", "");
    expect(await found(sequenceRules, begun + broken + streamFrom(3, completed()))).toEqual([]);
    expect(await found(sequenceRules, `${begun}event: keepalive\n\n${streamFrom(3, completed())}`)).toEqual([]);
  });
});

describe("sequence-repeat", () => {
  test("is found at a repeated or lower number", async () => {
    const input = begun + streamFrom(1, textDelta("again")) + streamFrom(2, completed());
    expect(await found(sequenceRules, input)).toEqual(["sequence-repeat at 2: event: response.output_text.delta"]);
    expect(await findingsOf(sequenceRules, input)).toMatchObject([{ severity: "error", expected: "2", seen: "1" }]);
    const lower = begun + streamFrom(0, textDelta("lower")) + streamFrom(1, completed());
    expect(await found(sequenceRules, lower)).toEqual(["sequence-repeat at 2: event: response.output_text.delta"]);
  });

  test("is not found if the response begins again, which is another finding", async () => {
    expect(await found(sequenceRules, begun + answer("hey"))).toEqual([]);
  });
});

describe("sequence-missing", () => {
  const unnumbered = event(textDelta("x"));

  test("is found once in a response without any number", async () => {
    const input = event(created()) + unnumbered + event(completed());
    expect(await found(sequenceRules, input)).toEqual(["sequence-missing at 0: event: response.created"]);
    const [finding] = await findingsOf(sequenceRules, input);
    expect(finding).toMatchObject({ severity: "warning", seen: null });
    expect(finding?.message).toMatch(/no event .*3 events/);
  });

  test("is found once in each of several such responses", async () => {
    const once = event(created()) + event(completed());
    expect(await found(sequenceRules, once + answer("hey") + once)).toEqual([
      "sequence-missing at 0: event: response.created",
      "sequence-missing at 10: event: response.created",
    ]);
    const whole = { message: expect.stringMatching(/no event .*2 events/) };
    expect(await findingsOf(sequenceRules, once + answer("hey") + once)).toMatchObject([whole, whole]);
  });

  test("is found at each event without a number among those with one", async () => {
    const input = begun + unnumbered + unnumbered + streamFrom(2, completed());
    expect(await found(sequenceRules, input)).toEqual([
      "sequence-missing at 2: event: response.output_text.delta",
      "sequence-missing at 3: event: response.output_text.delta",
    ]);
    expect(await findingsOf(sequenceRules, input)).toMatchObject([{ expected: "2" }, { expected: "3" }]);
  });

  test("is found once for all events before the first one with a number", async () => {
    const input = event(created()) + unnumbered + streamFrom(2, textDelta("y"), completed());
    const [finding, ...more] = await findingsOf(sequenceRules, input);
    expect(finding).toMatchObject({ rule: "sequence-missing", event: 0, message: expect.stringMatching(/first \(2 /) });
    expect(more).toEqual([]);
  });

  test("quotes the value instead of a number", async () => {
    const input = begun + event({ ...textDelta("x"), sequence_number: "2" }) + streamFrom(3, completed());
    expect(await findingsOf(sequenceRules, input)).toMatchObject([
      { rule: "sequence-missing", expected: "2", seen: '"2"' },
    ]);
  });

  test("accepts that an event without a number used one number or none", async () => {
    for (const next of [2, 3]) {
      const findings = await findingsOf(sequenceRules, begun + unnumbered + streamFrom(next, completed()));
      expect(findings.map(({ rule }) => rule)).toEqual(["sequence-missing"]);
    }
    const gap = await findingsOf(sequenceRules, begun + unnumbered + streamFrom(4, completed()));
    expect(gap.map(({ rule }) => rule)).toEqual(["sequence-missing", "sequence-gap"]);
    const later = begun + unnumbered + streamFrom(2, textDelta("y")) + streamFrom(4, completed());
    expect((await findingsOf(sequenceRules, later)).map(({ rule }) => rule)).toEqual([
      "sequence-missing",
      "sequence-gap",
    ]);
  });

  test("is an error under Open Responses, and not found under the lenient profile", async () => {
    const input = event(created()) + event(completed());
    expect(await findingsOf(sequenceRules, input, "open-responses")).toMatchObject([{ severity: "error" }]);
    expect(await found(sequenceRules, input, "lenient")).toEqual([]);
  });

  test("is not found at an event or error without a type, but at an error event", async () => {
    expect(await found(sequenceRules, begun + data('{"hello":1}') + streamFrom(2, completed()))).toEqual([]);
    expect(await found(sequenceRules, begun + data('{"error":{"message":"no"}}'))).toEqual([]);
    expect(await found(sequenceRules, `${begun}event: error\n${data('{"message":"no"}')}`)).toEqual([]);
    expect(await found(sequenceRules, begun + event(errorEvent("a", "b")))).toEqual([
      "sequence-missing at 2: event: error",
    ]);
  });

  test("is not found in a stream of another dialect", async () => {
    expect(await found(sequenceRules, data('{"type":"a"}') + data('{"type":"b"}'))).toEqual([]);
  });
});

describe("start-missing", () => {
  test("is found if a response begins with number 0, but not with its own event", async () => {
    const input = stream(inProgress(), textDelta("hey"), completed());
    expect(await found(sequenceRules, input)).toEqual(["start-missing at 0: event: response.in_progress"]);
    const [finding] = await findingsOf(sequenceRules, input);
    expect(finding).toMatchObject({ severity: "warning", expected: "response.created", seen: "response.in_progress" });
    expect(finding?.message).toBe("the response begins with response.in_progress, number 0");
  });
});

describe("resumed-stream", () => {
  test("is found if the capture starts mid-response, and no other gap is reported", async () => {
    const input = streamFrom(7, inProgress(), textDelta("hey"), completed());
    expect(await found(sequenceRules, input)).toEqual(["resumed-stream at 0: event: response.in_progress"]);
    const [finding] = await findingsOf(sequenceRules, input);
    expect(finding).toMatchObject({ severity: "info", expected: "response.created", seen: "response.in_progress" });
    expect(finding?.message).toContain("number 7");
  });

  test("is not found if events have no numbers to resume by: start-missing is found", async () => {
    const findings = await findingsOf(sequenceRules, event(textDelta("hey")) + event(completed()), "lenient");
    expect(findings).toMatchObject([{ rule: "start-missing", event: 0 }]);
  });

  test("is found at a second response without its start", async () => {
    const second = streamFrom(4, inProgress({ id: "resp_2" }), completed({ id: "resp_2" }));
    expect(await found(sequenceRules, answer("hey") + second)).toEqual([
      "resumed-stream at 8: event: response.in_progress",
    ]);
  });
});
