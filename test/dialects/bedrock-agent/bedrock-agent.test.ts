// Cases that the fixtures of Bedrock's agents do not cover.
import { describe, expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { eventFrame } from "../../support/frames.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

const think = { trace: { orchestrationTrace: { rationale: { text: "Hm." } } } };
const chunk = (text: string) => eventFrame("chunk", { bytes: Buffer.from(text).toString("base64") });

describe("A response", () => {
  test("can come before any trace, and be JSON after one", async () => {
    expect(await reportOf([chunk("Low tide")])).toMatchObject({ dialect: "bedrock-agent", verdict: "completed" });
    const { responses } = await reportOf([eventFrame("trace", think), chunk('{"low":'), chunk('"nine"}')]);
    expect(responses).toMatchObject([{ text: '{"low":"nine"}', verdict: "completed" }]);
  });

  test("that only looks like Base64 is text", async () => {
    const { responses } = await reportOf(`{"trace":${JSON.stringify(think)}}\n{"chunk":{"bytes":"Low tide."}}\n`);
    expect(responses).toMatchObject([{ text: "Low tide." }]);
  });
});

describe("An event is an agent's", () => {
  test("if it has the agent's fields", () => {
    expect(claimantsOf(unnamed({ trace: think }))).toEqual(["bedrock-agent"]);
    expect(claimantsOf(unnamed({ returnControl: { invocationInputs: [] } }))).toEqual(["bedrock-agent"]);
  });

  test.each([{ trace: {} }, { trace: "a" }, { output: { text: "a" } }, { chunk: "a" }, { files: { files: [] } }])(
    "but not %j",
    (event) => {
      expect(claimantsOf(unnamed(event))).toEqual([]);
    },
  );
});

test("Unknown events are reported", async () => {
  const { findings } = await reportOf([eventFrame("trace", think), eventFrame("tide", {}), chunk("Low.")]);
  expect(findings).toMatchObject([{ rule: "unrecognized-event", seen: "tide" }]);
});
