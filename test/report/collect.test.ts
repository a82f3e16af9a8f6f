// How facts that contradict or complete each other are combined.
import { describe, expect, test } from "vitest";
import { reportOf } from "../support/read-report.ts";
import {
  answer,
  completed,
  created,
  errorEvent,
  failed,
  inProgress,
  itemAdded,
  itemDone,
  message,
  ofMessage,
  type Payload,
  saying,
  stream,
  textDelta,
} from "../support/stream.ts";

async function responseOf(...payloads: readonly Payload[]) {
  const { responses } = await reportOf(stream(...payloads));
  expect(responses).toHaveLength(1);
  return responses[0];
}

describe("Of several snapshots of a response", () => {
  test("the first id counts, and the last value of what may change.", async () => {
    const response = await responseOf(
      created({ id: "resp_first", model: "model-asked", service_tier: "auto" }),
      inProgress({ id: "resp_second", model: "model-used" }),
      completed({ id: "resp_third", service_tier: "default" }),
    );
    expect(response).toMatchObject({
      id: "resp_first",
      model: "model-used",
      serviceTier: "default",
      status: "completed",
    });
  });

  test("a value that only an earlier one has counts.", async () => {
    const response = await responseOf(
      created({ model: "model-1", service_tier: "flex", status: "queued" }),
      inProgress({ id: undefined, status: undefined }),
    );
    expect(response).toMatchObject({ id: "resp_1", model: "model-1", serviceTier: "flex", status: "queued" });
  });

  test("the first id counts, even if a later one gives it.", async () => {
    expect(await responseOf(created({ id: undefined }), completed({ id: "resp_late" }))).toMatchObject({
      id: "resp_late",
    });
  });
});

describe("Of several snapshots of an item", () => {
  test("the last one counts, completed from the first one.", async () => {
    const response = await responseOf(
      created(),
      itemAdded(0, { ...message, id: "msg_first" }),
      itemDone(0, { ...saying("hey"), id: undefined, status: undefined }),
    );
    expect(response?.items).toMatchObject([{ id: "msg_first", type: "message", status: "in_progress" }]);
  });
});

describe("Of several errors of a response", () => {
  test("the first one counts, completed from the second one.", async () => {
    const response = await responseOf(
      created(),
      errorEvent("first_code", ""),
      failed({ code: "second_code", message: "the second message" }),
    );
    expect(response?.error).toMatchObject({ code: "first_code" });
    const both = await responseOf(
      created(),
      { type: "error", code: null, message: "the first message", param: null },
      failed({ code: "second_code", message: "the second message" }),
    );
    expect(both?.error).toMatchObject({ code: "second_code", message: "the first message" });
  });
});

test("The sequence range is the first and the last number in stream order.", async () => {
  const { responses } = await reportOf(
    [created(), textDelta("a"), textDelta("b")]
      .map(({ type, ...fields }, index) => {
        const payload = { type, sequence_number: [7, 3, 5][index], ...fields };
        return `event: ${type}\ndata: ${JSON.stringify(payload)}\n\n`;
      })
      .join(""),
  );
  expect(responses[0]?.sequence).toEqual({ first: 7, last: 5 });
});

test("Each of several responses has its own text, id and numbers.", async () => {
  const { responses } = await reportOf(answer("first") + answer("second").replaceAll("resp_1", "resp_2"));
  expect(responses.map(({ id, text, sequence }) => ({ id, text, first: sequence?.first }))).toEqual([
    { id: "resp_1", text: "first", first: 0 },
    { id: "resp_2", text: "second", first: 0 },
  ]);
});

describe("A text at the end of an item", () => {
  const done = itemDone(0, saying("the whole text"));

  test("replaces its deltas if the beginning of the item is missing.", async () => {
    expect(await responseOf(created(), ofMessage(textDelta("part")), done)).toMatchObject({ text: "the whole text" });
  });

  test("does not replace them otherwise.", async () => {
    expect(await responseOf(created(), itemAdded(0, message), ofMessage(textDelta("part")), done)).toMatchObject({
      text: "part",
    });
  });
});
