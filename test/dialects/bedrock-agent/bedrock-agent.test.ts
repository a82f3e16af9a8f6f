// What the fixtures of Bedrock's agents do not show.
import { describe, expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { eventFrame } from "../../support/frames.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

const think = { trace: { orchestrationTrace: { rationale: { text: "Hm." } } } };
const chunk = (text: string) => eventFrame("chunk", { bytes: Buffer.from(text).toString("base64") });

describe("An answer", () => {
  test("may come before any trace, and be JSON after one", async () => {
    expect(await reportOf([chunk("Low tide")])).toMatchObject({ dialect: "bedrock-agent", verdict: "completed" });
    const { responses } = await reportOf([eventFrame("trace", think), chunk('{"low":'), chunk('"nine"}')]);
    expect(responses).toMatchObject([{ text: '{"low":"nine"}', verdict: "completed" }]);
  });

  test("that looks like Base64 and is none is text", async () => {
    const { responses } = await reportOf(`{"trace":${JSON.stringify(think)}}\n{"chunk":{"bytes":"Low tide."}}\n`);
    expect(responses).toMatchObject([{ text: "Low tide." }]);
  });
});

describe("An event is an agent's", () => {
  test("by what it holds", () => {
    expect(claimantsOf(unnamed({ trace: think }))).toEqual(["bedrock-agent"]);
    expect(claimantsOf(unnamed({ returnControl: { invocationInputs: [] } }))).toEqual(["bedrock-agent"]);
  });

  test.each([{ trace: {} }, { trace: "a" }, { output: { text: "a" } }, { chunk: "a" }, { files: { files: [] } }])(
    "and %j is not",
    (event) => {
      expect(claimantsOf(unnamed(event))).toEqual([]);
    },
  );
});

test("What is not known is reported", async () => {
  const { findings } = await reportOf([eventFrame("trace", think), eventFrame("tide", {}), chunk("Low.")]);
  expect(findings).toMatchObject([{ rule: "unrecognized-event", seen: "tide" }]);
});
