// Deltas that are read at once are counted like others.
import { expect, test } from "vitest";
import { reportOf } from "../support/read-report.ts";
import {
  answer,
  created,
  data,
  itemAdded,
  message,
  ofMessage,
  partAdded,
  stream,
  textDelta,
} from "../support/stream.ts";

const words = Array.from({ length: 60 }, (_, index) => ` word ${index}`);

test("A report has the number, the text and the event types of deltas that are read at once.", async () => {
  const report = await reportOf(answer(...words));
  expect(report).toMatchObject({
    events: 67,
    eventTypes: { "response.output_text.delta": 60 },
    timing: null,
    responses: [{ text: words.join(""), sequence: { first: 0, last: 66 }, timing: null }],
  });
});

test("A stream that is cut between them ends with the number of the last one.", async () => {
  const deltas = words.map((word) => ofMessage(textDelta(word)));
  const { events, responses } = await reportOf(
    stream(created(), itemAdded(0, message), ofMessage(partAdded()), ...deltas),
  );
  expect(events).toBe(63);
  expect(responses).toMatchObject([{ verdict: "truncated", text: words.join(""), sequence: { first: 0, last: 62 } }]);
});

test("Events without numbers have none, also if they are read at once.", async () => {
  const id = "chatcmpl-1";
  const chunk = (delta: object, reason: string | null = null) =>
    data(
      JSON.stringify({ id, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: reason }] }),
    );
  const deltas = words.map((content) => chunk({ content }));
  const { events, responses } = await reportOf([
    [chunk({ role: "assistant" }), ...deltas, chunk({}, "stop"), data("[DONE]")].join(""),
  ]);
  expect(events).toBe(63);
  expect(responses).toMatchObject([{ verdict: "completed", text: words.join(""), sequence: null }]);
});
