import { expect, test } from "vitest";
import { stopReasonRules } from "../../../../src/dialects/anthropic/rules/stop-reasons.ts";
import { findingsOf } from "../../../rules/support/found.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";

const missing = Buffer.from(fixtureNamed("rules/final-usage-missing.invalid.sse").bytes).toString();

test("final-usage-missing is found at the end of a message that reports usage only at its start", async () => {
  const findings = await findingsOf(stopReasonRules, missing);
  expect(findings).toMatchObject([{ rule: "final-usage-missing", severity: "warning" }]);
});

test("final-usage-missing is not found in a cut stream, or in a capture that starts mid-message", async () => {
  expect(await findingsOf(stopReasonRules, missing.slice(0, missing.indexOf("event: message_stop")))).toEqual([]);
  expect(await findingsOf(stopReasonRules, missing.slice(missing.indexOf("event: content_block_start")))).toEqual([]);
});
