import { describe, expect, test } from "vitest";
import { blockRules } from "../../../../src/dialects/anthropic/rules/blocks.ts";
import {
  answer,
  blockDelta,
  blockStart,
  blockStop,
  errorEvent,
  messageDelta,
  messageStart,
  messageStop,
  ping,
  stream,
  textBlock,
  toolBlock,
} from "../../../support/messages.ts";
import { data, type Payload } from "../../../support/stream.ts";
import { findingsOf, found } from "../../../rules/support/found.ts";

const end = [messageDelta("end_turn"), messageStop];

/** The rules and events of findings in a message with a valid start and end. */
async function foundIn(...payloads: readonly Payload[]): Promise<string[]> {
  return foundInAll(messageStart(), ...payloads, ...end);
}

async function foundInAll(...payloads: readonly Payload[]): Promise<string[]> {
  const findings = await findingsOf(blockRules, stream(...payloads));
  return findings.map(({ rule, event }) => `${rule} at ${event}`);
}

test("A complete message breaks none of these rules, with any blocks, and with pings between them", async () => {
  expect(await found(blockRules, answer("hey", " you"))).toEqual([]);
  const thinking = [
    blockStart(0, { type: "thinking", thinking: "" }),
    blockDelta(0, "thinking_delta", { thinking: "hm" }),
    ping,
    blockDelta(0, "signature_delta", { signature: "c2ln" }),
    blockStop(0),
  ];
  const cited = [blockStart(1, { type: "text", text: "" }), blockDelta(1, "citations_delta"), blockStop(1)];
  const compacted = [blockStart(2, { type: "compaction" }), blockDelta(2, "compaction_delta"), blockStop(2)];
  const result = [blockStart(3, { type: "web_search_tool_result", content: [] }), blockStop(3)];
  const called = [
    blockStart(4, { type: "mcp_tool_use", id: "mcp_1", name: "ask" }),
    blockDelta(4, "input_json_delta", { partial_json: "{}" }),
    blockStop(4),
  ];
  expect(await foundIn(...thinking, ...cited, ...compacted, ...result, ...called)).toEqual([]);
});

test("Severities are those of the profile, and streams of other dialects are not checked", async () => {
  const input = stream(...textBlock(0, "hey"), ...end);
  expect(await findingsOf(blockRules, input)).toMatchObject([{ severity: "error" }]);
  expect(await findingsOf(blockRules, input, "lenient")).toMatchObject([{ severity: "warning" }]);
  const foreign = data('{"type":"response.created","response":{}}') + stream(...textBlock(0, "hey"), ...end);
  expect(await findingsOf(blockRules, foreign)).toEqual([]);
});

describe("message-not-started", () => {
  test.each<[string, readonly Payload[]]>([
    ["a block", [...textBlock(0, "hey"), ...end]],
    ["a delta", [blockDelta(0, "text_delta", { text: "hey" }), blockStop(0), ...textBlock(1, "you"), ...end]],
    ["a stop of a block", [blockStop(3), ...textBlock(4, "you"), ...end]],
    ["a message_delta", end],
    ["a message_stop", [messageStop]],
  ])("is found once if the stream begins with %s", async (_, payloads) => {
    expect(await foundInAll(...payloads)).toEqual(["message-not-started at 0"]);
  });

  test("is found at events after the end of a message, but not at another message", async () => {
    const whole = [messageStart(), ...textBlock(0, "hey"), ...end];
    expect(await foundInAll(...whole, ping, ...textBlock(1, "late"), messageStop)).toEqual([
      "message-not-started at 7",
    ]);
    expect(await foundInAll(...whole, messageStart({ id: "msg_2" }), ...textBlock(0, "two"), ...end)).toEqual([]);
  });

  test("is found if the following message is the first", async () => {
    const payloads = [blockDelta(7, "text_delta", { text: "hey" }), messageStart(), ...textBlock(0, "two"), ...end];
    expect(await foundInAll(...payloads)).toEqual(["message-not-started at 0"]);
  });
});

describe("block-not-started", () => {
  test("is found once for a block with deltas and no start", async () => {
    const delta = blockDelta(0, "text_delta", { text: "hey" });
    expect(await foundIn(delta, delta, blockStop(0), ...textBlock(1, "you"))).toEqual(["block-not-started at 1"]);
  });

  test("is found at a delta and a stop after the block has stopped", async () => {
    expect(await foundIn(...textBlock(0, "hey"), blockStop(0))).toEqual(["block-not-started at 4"]);
    const late = blockDelta(0, "text_delta", { text: "late" });
    expect(await foundIn(...textBlock(0, "hey"), late, blockStop(0))).toEqual(["block-not-started at 4"]);
  });

  test("is found in a stream without message_start after its first block", async () => {
    const late = blockDelta(5, "text_delta", { text: "late" });
    expect(await foundInAll(...textBlock(0, "hey"), late, blockStop(5), ...end)).toEqual([
      "message-not-started at 0",
      "block-not-started at 3",
    ]);
  });
});

describe("block-not-stopped", () => {
  const open = [blockStart(0, { type: "text", text: "" }), blockDelta(0, "text_delta", { text: "hey" })];

  test("is found at the start of another block", async () => {
    expect(await foundIn(...open, ...textBlock(1, "you"))).toEqual(["block-not-stopped at 3"]);
  });

  test("is found once at the end of the message", async () => {
    expect(await foundIn(...open)).toEqual(["block-not-stopped at 3"]);
    expect(await foundInAll(messageStart({ stop_reason: "end_turn" }), ...open, messageStop)).toEqual([
      "block-not-stopped at 3",
    ]);
  });

  test("is not found if the stream is cut, or an error ends it", async () => {
    expect(await foundInAll(messageStart(), ...open)).toEqual([]);
    expect(await foundInAll(messageStart(), ...open, errorEvent("overloaded_error", "Overloaded"))).toEqual([]);
  });
});

describe("block-index-order", () => {
  test.each<[string, readonly number[], readonly string[]]>([
    ["is found if the first is not 0", [1, 2], ["block-index-order at 1"]],
    ["is found if one is missing", [0, 2, 3], ["block-index-order at 4"]],
    ["is found if one is repeated", [0, 0], ["block-index-order at 4"]],
    ["is found at each wrong index", [0, 4, 2], ["block-index-order at 4", "block-index-order at 7"]],
  ])("%s", async (_, indexes, expected) => {
    expect(await foundIn(...indexes.flatMap((index) => textBlock(index, "hey")))).toEqual(expected);
  });

  test("restarts with each message, and continues if a message starts twice", async () => {
    const first = [messageStart(), ...textBlock(0, "a"), ...textBlock(1, "b"), ...end];
    const second = [messageStart({ id: "msg_2" }), ...textBlock(0, "c"), ...end];
    expect(await foundInAll(...first, ...second)).toEqual([]);
    const twice = [messageStart(), ...textBlock(0, "a"), messageStart(), ...textBlock(1, "b"), ...end];
    expect(await foundInAll(...twice)).toEqual([]);
  });

  test("accepts any first index if the beginning is missing", async () => {
    expect(await foundInAll(...textBlock(4, "a"), ...textBlock(5, "b"), ...end)).toEqual(["message-not-started at 0"]);
  });
});

describe("block-delta-type", () => {
  test.each<[string, string]>([
    ["tool_use", "text_delta"],
    ["server_tool_use", "thinking_delta"],
    ["text", "input_json_delta"],
    ["text", "signature_delta"],
    ["thinking", "text_delta"],
    ["thinking", "citations_delta"],
    ["compaction", "text_delta"],
    ["text", "compaction_delta"],
  ])("is found once for a block of %s with a %s", async (type, delta) => {
    const wrong = blockDelta(0, delta);
    expect(await foundIn(blockStart(0, { type }), wrong, wrong, blockStop(0))).toEqual(["block-delta-type at 2"]);
  });

  test("is not found for unknown blocks and deltas", async () => {
    expect(await foundIn(blockStart(0, { type: "chart" }), blockDelta(0, "text_delta"), blockStop(0))).toEqual([]);
    expect(await foundIn(blockStart(0, { type: "text" }), blockDelta(0, "chart_delta"), blockStop(0))).toEqual([]);
  });
});

describe("stop-reason-missing", () => {
  test("is found if a message stops without a message_delta, or with one without a reason", async () => {
    expect(await foundInAll(messageStart(), ...textBlock(0, "hey"), messageStop)).toEqual(["stop-reason-missing at 4"]);
    const payloads = [messageStart(), ...toolBlock(0, "bell", "{}"), messageDelta(null), messageStop];
    expect(await foundInAll(...payloads)).toEqual(["stop-reason-missing at 5"]);
  });

  test("is not found if an earlier event had the reason", async () => {
    expect(await foundInAll(messageStart(), messageDelta("end_turn"), messageDelta(null), messageStop)).toEqual([]);
    expect(await foundInAll(messageStart({ stop_reason: "tool_use" }), messageStop)).toEqual([]);
  });
});
