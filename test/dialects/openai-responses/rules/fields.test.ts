import { describe, expect, test } from "vitest";
import { fieldRules } from "../../../../src/dialects/openai-responses/rules/fields.ts";
import { fixtures } from "../../../support/fixtures.ts";
import {
  completed,
  created,
  event,
  itemAdded,
  itemDone,
  message,
  ofMessage,
  partAdded,
  type Payload,
  saying,
  stream,
  textDelta,
  textDone,
} from "../../../support/stream.ts";
import { findingsOf, found } from "../../../rules/support/found.ts";

/** The payload without a field. */
function lacking(field: string, payload: Payload): Payload {
  const { type, ...fields } = payload;
  return { type, ...Object.fromEntries(Object.entries(fields).filter(([key]) => key !== field)) };
}

/** A response with some events in its middle. */
function withEvents(...payloads: readonly Payload[]): string {
  return stream(
    created(),
    itemAdded(0, message),
    ofMessage(partAdded()),
    ...payloads,
    itemDone(0, saying("hey")),
    completed({ output: [saying("hey")] }),
  );
}

test("Nothing is found in streams with all fields, whatever their events", async () => {
  const streams = fixtures.filter(({ name }) => name.startsWith("openai-responses/"));
  expect(streams.length).toBeGreaterThan(40);
  for (const { name, bytes } of streams) expect([name, await found(fieldRules, bytes)]).toEqual([name, []]);
});

describe("field-missing", () => {
  test.each([
    ["item_id", "a string", textDelta("hey")],
    ["content_index", "a whole number from 0", ofMessage(lacking("content_index", textDelta("hey")))],
    ["delta", "a string", ofMessage(lacking("delta", textDelta("hey")))],
    ["text", "a string", ofMessage(lacking("text", textDone("hey")))],
    ["part", "an object", ofMessage(lacking("part", partAdded(0, 1)))],
    ["item_id", "a string", { type: "response.web_search_call.searching", output_index: 0 }],
  ])("is found if an event has no %s", async (field, expected, payload) => {
    expect(await findingsOf(fieldRules, withEvents(payload))).toEqual([
      expect.objectContaining({
        rule: "field-missing",
        severity: "warning",
        event: 3,
        expected,
        seen: null,
        message: `${payload.type} has no ${field}`,
      }),
    ]);
  });

  test.each([
    [null, "null"],
    ["0", '"0"'],
    [-1, "-1"],
    [{}, "object"],
  ])("is found if a number is %j", async (value, seen) => {
    const [finding, ...others] = await findingsOf(
      fieldRules,
      withEvents(ofMessage({ ...textDelta("hey"), content_index: value })),
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      seen,
      message: `the content_index of response.output_text.delta is ${seen}, not a whole number from 0`,
    });
  });

  test("is found if only the event line names an event", async () => {
    const { type, ...rest } = ofMessage(textDelta("hey"));
    const untyped = `event: ${type}\ndata: ${JSON.stringify({ sequence_number: 3, ...rest })}\n\n`;
    const whole = withEvents(ofMessage(textDelta("hey")));
    const input = whole.replace(event({ type, sequence_number: 3, ...rest }), untyped);
    expect(input).not.toBe(whole);
    expect(await found(fieldRules, input)).toEqual([`field-missing at 3: event: ${type}`]);
  });

  test("is found once for each type and field, and again in the next response", async () => {
    const input = withEvents(textDelta("h"), textDelta("e"), textDelta("y"), lacking("text", textDone("hey")));
    const at3 = "field-missing at 3: event: response.output_text.delta";
    const at6 = "field-missing at 6: event: response.output_text.done";
    expect(await found(fieldRules, input)).toEqual([at3, at6, at6]);
    expect(await found(fieldRules, input + input)).toHaveLength(6);
  });

  test("is not found in events outside the schema, and is an error under Open Responses", async () => {
    expect(await found(fieldRules, withEvents({ type: "acme:tide" }, { type: "keepalive" }))).toEqual([]);
    const [finding] = await findingsOf(fieldRules, withEvents(textDelta("hey")), "open-responses");
    expect(finding?.severity).toBe("error");
  });
});
