// Cases that the fixtures of Replicate do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import type { NamedData } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

const ID = "1690212292:0";

function event(name: string, data: string, id = ID): string {
  return `event: ${name}\nid: ${id}\ndata: ${data}\n\n`;
}

test.each([
  ["{}", "completed", null],
  ['{"reason":"canceled"}', "incomplete", "canceled"],
  ['{"reason":"error"}', "failed", "error"],
  ['{"reason":"preempted"}', "incomplete", "preempted"],
  ['{"reason":null}', "completed", null],
])("Done with %s is %s", async (data, verdict, status) => {
  const { responses } = await reportOf(event("output", "Ebb.") + event("done", data));
  expect(responses).toMatchObject([{ verdict, status, reason: verdict === "completed" ? null : status, text: "Ebb." }]);
});

test.each([
  ['{"detail":"out of memory"}', "out of memory"],
  ['{"error":{"message":"out of memory"}}', "out of memory"],
  ["out of memory", "out of memory"],
  ["{", "{"],
])("An error of %s has a message", async (data, message) => {
  const report = await reportOf(event("output", "Ebb") + event("error", data));
  expect(report).toMatchObject({ verdict: "failed", responses: [{ error: { message }, text: "Ebb" }] });
});

test.each(["[DONE]", "{", "42", "null", '"a"', ": a"])("The output %s is plain text", async (text) => {
  const { responses, findings } = await reportOf(event("output", text) + event("done", "{}"));
  expect({ text: responses[0]?.text, findings }).toEqual({ text, findings: [] });
});

test.each(["", "end", '{"reason":', "[]"])("Done with %j is unreadable, and not an end", async (data) => {
  const { verdict, findingCounts } = await reportOf(event("output", "a") + event("done", data));
  expect(verdict).toBe("truncated");
  expect(findingCounts["no-terminal"]).toBe(1);
});

test("An event after the end is found, unless it is the output of another prediction", async () => {
  const whole = event("output", "a") + event("done", "{}");
  expect((await reportOf(whole + event("logs", "bye"))).findingCounts).toEqual({ "event-after-terminal": 1 });
  expect((await reportOf(whole + whole)).responses).toMatchObject([{ text: "a" }, { text: "a" }]);
});

test.each(["output", "logs", "error", "done"])("No other dialect claims an event %s with Replicate's id", (name) => {
  for (const data of ["a", "{", "{}", "[DONE]"]) {
    expect(claimantsOf({ event: name, data, id: ID })).toEqual(["replicate"]);
  }
});

test.each<NamedData>([
  { event: "output", data: "a" },
  { event: "output", data: "a", id: "7" },
  { event: "output", data: "a", id: "1:0" },
  { event: "output", data: "a", id: "1690212292" },
  { event: "output", data: "a", id: "1690212292-0" },
  { event: "done", data: "{}" },
  { event: "token", data: "a", id: ID },
  { event: "ping", data: "", id: ID },
  { event: "message", data: "a", id: ID },
])("No dialect claims an event that other servers send: %j", (named) => {
  expect(claimantsOf(named)).toEqual([]);
});
