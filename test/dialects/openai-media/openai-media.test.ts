// Cases that the fixtures of openai-media do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

const DELTA = { type: "transcript.text.delta", delta: "Ebb." };
const DONE = { type: "transcript.text.done", text: "Ebb." };

test("A transcript without deltas is read", async () => {
  expect((await reportOf(stream(DONE))).responses).toMatchObject([{ verdict: "completed", text: "Ebb." }]);
});

test("A final text that differs from its deltas is found", async () => {
  const report = await reportOf(stream(DELTA, { ...DONE, text: "Flow." }));
  expect(report.findings).not.toEqual([]);
});

test("An edited image ends like a generated one", async () => {
  const report = await reportOf(stream({ type: "image_edit.completed", b64_json: "AAAA" }));
  expect(report).toMatchObject({ verdict: "completed", findings: [] });
});

test.each([DELTA, DONE, { type: "speech.audio.delta" }, { type: "image_edit.partial_image" }])(
  "No other dialect claims the first event %j",
  (event) => {
    expect(claimantsOf(unnamed(event))).toEqual(["openai-media"]);
  },
);

test.each([{ type: "transcript.text" }, { type: "image_generation.started" }])("No dialect claims %j", (event) => {
  expect(claimantsOf(unnamed(event))).toEqual([]);
});
