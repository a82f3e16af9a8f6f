import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { type NamedData, unnamed } from "../../support/named-data.ts";

test.each<NamedData>([
  unnamed({ type: "response.created", sequence_number: 0, response: { id: "resp_1" } }),
  unnamed({ type: "error", code: "rate_limit", message: "slow down", sequence_number: 0 }),
])("No other dialect claims the event %j", (event) => {
  expect(claimantsOf(event)).toEqual(["openai-responses"]);
});
