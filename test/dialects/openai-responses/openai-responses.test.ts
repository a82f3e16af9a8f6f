import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { type NamedData, unnamed } from "../../support/named-data.ts";

test.each<NamedData>([
  unnamed({ type: "response.created", sequence_number: 0, response: { id: "resp_1" } }),
  unnamed({ type: "error", code: "rate_limit", message: "slow down", sequence_number: 0 }),
])("The event is claimed by no other dialect: %j", (event) => {
  expect(claimantsOf(event)).toEqual(["openai-responses"]);
});
