import { describe, expect, test } from "vitest";
import { cumulativeRules } from "../../../src/rules/general/cumulative.ts";
import * as chunks from "../../support/chunks.ts";
import { data } from "../../support/stream.ts";
import { answer, ofMessage, stream, streamFrom, textDelta } from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

async function foundIn(...texts: readonly string[]): Promise<string[]> {
  const findings = await findingsOf(cumulativeRules, chunks.answer(...texts));
  return findings.map(({ rule, event }) => `${rule} at ${event}`);
}

describe("cumulative-deltas", () => {
  test("is found once if each delta begins with the previous one, in any dialect", async () => {
    expect(await foundIn("Low", "Low tide", "Low tide at", "Low tide at nine.")).toEqual(["cumulative-deltas at 2"]);
    expect(await found(cumulativeRules, answer("Low", "Low tide", "Low tide at nine."))).toHaveLength(1);
    const [finding] = await findingsOf(cumulativeRules, chunks.answer("Low", "Low tide", "Low tide at nine."));
    expect(finding).toMatchObject({ severity: "warning", expected: " at nine.", seen: "Low tide at nine." });
  });

  test("is not found in normal deltas, or in a short text that grows by chance", async () => {
    expect(await foundIn("Low", " tide", " at", " nine.")).toEqual([]);
    expect(await foundIn("1", "12", "123", "4")).toEqual([]);
    expect(await foundIn("Low", "Low tide", " at nine.", " at nine. And")).toEqual([]);
    expect(await foundIn("ha", "ha", "ha", "haha", "hahahaha")).toEqual([]);
  });

  test("is not found if two parts grow in turn and only one begins with the other", async () => {
    const input = stream(...["a", "ab"].map((text) => ofMessage(textDelta(text)))) + streamFrom(2, textDelta("c"));
    expect(await found(cumulativeRules, input + data("[DONE]"))).toEqual([]);
  });
});
