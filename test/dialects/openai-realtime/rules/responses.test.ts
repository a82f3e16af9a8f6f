import { expect, test } from "vitest";
import { responseRules } from "../../../../src/dialects/openai-realtime/rules/responses.ts";
import { findingsOf } from "../../../rules/support/found.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";

function streamOf(...events: readonly object[]): string {
  return events.map((event, index) => `data: ${JSON.stringify({ event_id: `event_${index}`, ...event })}\n\n`).join("");
}

const created = { type: "response.created", response: { object: "realtime.response", id: "one" } };
const added = { type: "response.output_item.added", response_id: "one", item: { id: "item" } };
const done = (status: string) => ({
  type: "response.done",
  response: { object: "realtime.response", id: "one", status, output: [] },
});
const textDone = (item: string, part: number) => ({
  type: "response.output_text.done",
  response_id: "one",
  item_id: item,
  content_index: part,
  text: "text",
});

test("Events after response.done are found once", async () => {
  const findings = await findingsOf(responseRules, fixtureNamed("rules/response-after-done.invalid.sse").bytes);
  expect(findings).toMatchObject([{ rule: "response-after-done", severity: "error", seen: "response.done" }]);
});

test("A text that continues after it is done is found", async () => {
  const findings = await findingsOf(responseRules, fixtureNamed("rules/text-after-done.invalid.sse").bytes);
  expect(findings).toMatchObject([{ rule: "text-after-done", severity: "error", event: 5 }]);
});

test("An item that response.done does not list is found", async () => {
  const findings = await findingsOf(responseRules, fixtureNamed("rules/done-output-missing.invalid.sse").bytes);
  expect(findings).toMatchObject([{ rule: "done-output-missing", severity: "warning", expected: "item_f" }]);
});

test.each([
  ["of a response that was cut", [created, added, done("cancelled")]],
  ["of other texts", [created, textDone("item", 0), textDone("item", 1), textDone("other", 0)]],
  [
    "of another response",
    [
      created,
      added,
      { ...created, response: { id: "two" } },
      { ...done("completed"), response: { id: "two", status: "completed" } },
    ],
  ],
])("Events %s cause no finding", async (_, events) => {
  expect(await findingsOf(responseRules, streamOf(...events))).toEqual([]);
});
