import { describe, expect, test } from "vitest";
import { indexRules } from "../../../../src/dialects/openai-responses/rules/indexes.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";
import {
  answer,
  completed,
  created,
  functionCall,
  itemAdded,
  itemDone,
  message,
  partAdded,
  stream,
  streamFrom,
  textDelta,
  type Payload,
} from "../../../support/stream.ts";
import { findingsOf, found } from "../../../rules/support/found.ts";

const call = functionCall("look_up");
const reasoning = { id: "rs_1", type: "reasoning", summary: [] };

function summaryPartAdded(part: number, item = 0): Payload {
  const empty = { type: "summary_text", text: "" };
  return { type: "response.reasoning_summary_part.added", output_index: item, summary_index: part, part: empty };
}

/** The same event without its position. */
function astray(payload: Payload): Payload {
  return { ...payload, output_index: undefined };
}

test("Nothing is found if items and parts are numbered from 0 in each response", async () => {
  const input = stream(
    created(),
    itemAdded(0, reasoning),
    summaryPartAdded(0),
    summaryPartAdded(1),
    itemAdded(1, message),
    partAdded(1),
    partAdded(1, 1),
    itemDone(0, reasoning),
    itemDone(1, message),
    completed(),
  );
  expect(await found(indexRules, input + input + answer("hey"))).toEqual([]);
  for (const name of ["several-parts.sse", "audio.sse", "parallel-function-calls.sse", "shell.sse"]) {
    expect(await found(indexRules, fixtureNamed(`openai-responses/${name}`).bytes)).toEqual([]);
  }
});

describe("output-index-collision", () => {
  test("is found once per position if an item is added at a used position", async () => {
    const input = stream(
      created(),
      itemAdded(0, message),
      itemDone(0, message),
      itemAdded(0, call),
      itemAdded(0, call),
    );
    expect(await found(indexRules, input)).toEqual(["output-index-collision at 3: event: response.output_item.added"]);
    const findings = await findingsOf(indexRules, input, "lenient");
    expect(findings).toMatchObject([{ severity: "error", expected: "1", seen: "0" }]);
    expect(findings[0]?.message).toContain("item 0 (message)");
  });

  test("is not found if the position is missing, which is another finding", async () => {
    const input = stream(
      created(),
      astray(itemAdded(0, { type: "message" })),
      astray(itemAdded(0, { type: "message" })),
    );
    expect(await found(indexRules, input)).toEqual(["output-index-missing at 1: event: response.output_item.added"]);
  });
});

describe("output-index-missing", () => {
  test("is found once in a response, at the first event without it", async () => {
    const input = stream(
      created(),
      itemAdded(0, message),
      astray({ ...textDelta("a"), item_id: "msg_1" }),
      astray({ ...textDelta("b"), item_id: "msg_1" }),
      astray(itemDone(0, message)),
      completed(),
    );
    expect(await found(indexRules, input + input)).toEqual([
      "output-index-missing at 2: event: response.output_text.delta",
      "output-index-missing at 8: event: response.output_text.delta",
    ]);
    expect(await findingsOf(indexRules, input)).toMatchObject([
      { severity: "error", message: "response.output_text.delta has no output_index", seen: null },
    ]);
    expect(await findingsOf(indexRules, input, "lenient")).toMatchObject([{ severity: "warning" }]);
  });

  test.each([["0"], [-1], [0.5], [null]])("is found if it is %j", async (index) => {
    const input = stream(created(), { ...itemAdded(0, message), output_index: index });
    expect(await findingsOf(indexRules, input)).toMatchObject([
      { rule: "output-index-missing", seen: JSON.stringify(index), expected: "a whole number from 0" },
    ]);
  });

  test("is not found in events without an item, or of an unknown type", async () => {
    const audio = { type: "response.audio.delta", delta: "" };
    expect(await found(indexRules, stream(created(), audio, { type: "keepalive" }, completed()))).toEqual([]);
    const unknown = { type: "response.of_the_future", item_id: "x" };
    expect(await found(indexRules, stream(created(), unknown, completed()))).toEqual([]);
  });
});

describe("output-index-order", () => {
  test("is found if one is skipped, and not again if that one follows", async () => {
    const input = stream(created(), itemAdded(0, message), itemAdded(2, call), itemAdded(1, call), itemAdded(3, call));
    expect(await found(indexRules, input)).toEqual(["output-index-order at 2: event: response.output_item.added"]);
    expect(await findingsOf(indexRules, input)).toMatchObject([{ severity: "warning", expected: "1", seen: "2" }]);
    expect(await findingsOf(indexRules, input, "lenient")).toMatchObject([{ severity: "info" }]);
  });

  test("is found at the first item if it is not the first of the output", async () => {
    const input = stream(created(), itemAdded(1, message));
    expect(await findingsOf(indexRules, input)).toMatchObject([{ event: 1, expected: "0", seen: "1" }]);
  });

  test("is not found at the first item of a resumed stream, but after it", async () => {
    const input = streamFrom(9, textDelta("x", 4), itemAdded(5, message), itemAdded(6, call), itemAdded(8, call));
    expect(await findingsOf(indexRules, input)).toMatchObject([{ event: 3, expected: "7", seen: "8" }]);
  });
});

describe("content-index-order", () => {
  test("is found once per item if a part is skipped or repeated", async () => {
    const input = stream(
      created(),
      itemAdded(0, message),
      partAdded(0, 1),
      partAdded(0, 0),
      itemAdded(1, message),
      partAdded(1, 0),
      partAdded(1, 0),
      itemAdded(2, reasoning),
      summaryPartAdded(0, 2),
      summaryPartAdded(2, 2),
    );
    expect(await found(indexRules, input)).toEqual([
      "content-index-order at 2: event: response.content_part.added",
      "content-index-order at 6: event: response.content_part.added",
      "content-index-order at 9: event: response.reasoning_summary_part.added",
    ]);
    const findings = await findingsOf(indexRules, input);
    expect(findings.map(({ severity, expected, seen }) => [severity, expected, seen])).toEqual([
      ["error", "0", "1"],
      ["error", "1", "0"],
      ["error", "1", "2"],
    ]);
    expect(findings[2]?.message).toContain("item 2 (reasoning) is added at summary_index 2");
    const [open] = await findingsOf(indexRules, input, "open-responses");
    expect(open).toMatchObject({ severity: "warning" });
  });

  test("is not found in an item that began before the capture", async () => {
    expect(await found(indexRules, streamFrom(7, partAdded(0, 3), completed()))).toEqual([]);
  });
});
