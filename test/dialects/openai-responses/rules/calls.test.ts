import { describe, expect, test } from "vitest";
import { callRules } from "../../../../src/dialects/openai-responses/rules/calls.ts";
import { findingsOf, found } from "../../../rules/support/found.ts";
import {
  argumentsDelta,
  argumentsDone,
  completed,
  created,
  functionCall,
  itemAdded,
  itemDone,
  stream,
  streamFrom,
  type Payload,
} from "../../../support/stream.ts";

const call = functionCall("look_up");

/** A call with those arguments, from start to end. */
function calls(text: string, item: Readonly<Record<string, unknown>> = {}): Payload[] {
  return [
    itemAdded(0, call),
    argumentsDelta(text),
    argumentsDone(text),
    itemDone(0, { ...call, arguments: text, ...item }),
  ];
}

describe("call-id-changed", () => {
  test("is found when a call is done", async () => {
    const input = stream(created(), ...calls("{}", { call_id: "call_2" }), completed());
    expect(await found(callRules, input)).toEqual(["call-id-changed at 4: event: response.output_item.done"]);
    expect(await findingsOf(callRules, input)).toMatchObject([
      { severity: "warning", expected: "call_look_up", seen: "call_2" },
    ]);
  });

  test("is not found if one of the two is unknown", async () => {
    const { call_id: _, ...unnamed } = call;
    const input = stream(created(), itemAdded(0, unnamed), itemDone(0, call), itemAdded(1, call), itemDone(1, unnamed));
    expect(await found(callRules, input)).toEqual([]);
    expect(await found(callRules, streamFrom(7, itemDone(0, call), completed()))).toEqual([]);
  });

  test("is not found if two calls share a position, which is another finding", async () => {
    const input = stream(
      created(),
      itemAdded(0, call),
      itemAdded(0, functionCall("ask")),
      itemDone(0, functionCall("ask")),
    );
    expect(await found(callRules, input)).toEqual([]);
  });
});
