// The files that ssescope writes beside a capture are left out where a pattern names them with it.
import { expect, test } from "vitest";
import { isCompanion, withoutCompanions } from "../../src/capture/companions.ts";

test.each([
  ["a.sse", false],
  ["a.sse.timing", true],
  ["0001-post.request.json", true],
  ["request.json", false],
  ["exchanges.ndjson", false],
])("%s: %s", (name, is) => {
  expect(isCompanion(name)).toBe(is);
});

const session = ["s/1.request.json", "s/1.sse", "s/1.sse.timing", "s/exchanges.ndjson"];

test.each<readonly [string, readonly string[], readonly string[]]>([
  ["all files of a session", session, ["s/1.sse"]],
  ["a capture and its times", ["a.sse", "a.sse.timing"], ["a.sse"]],
  ["times alone", ["a.sse.timing"], ["a.sse.timing"]],
  ["the request of another capture", ["a.sse", "b.request.json"], ["a.sse", "b.request.json"]],
  ["reports alone", ["s/exchanges.ndjson"], ["s/exchanges.ndjson"]],
  ["reports of another folder", [...session.slice(0, 3), "t/exchanges.ndjson"], ["s/1.sse", "t/exchanges.ndjson"]],
  ["captures only", ["b.sse", "a.sse", "b.sse"], ["b.sse", "a.sse", "b.sse"]],
])("%s", (_, names, left) => {
  expect(withoutCompanions(names)).toEqual(left);
});

test("Reports stay for commands that read them.", () => {
  expect(withoutCompanions(session, true)).toEqual(["s/1.sse", "s/exchanges.ndjson"]);
});
