import { describe, expect, test } from "vitest";
import { followAll, followedToo } from "../../src/views/follow-all.ts";
import { takesStretches, type View, type ViewListener } from "../../src/views/view.ts";
import { follow } from "../html-report/support/follow.ts";
import { answer } from "../support/stream.ts";

/** Counts the calls that it receives. */
function counting(counts: Record<string, number>): ViewListener {
  const count = (name: string) => () => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  return { record: count("records"), read: count("readings"), finding: count("findings"), report: count("reports") };
}

const text = answer("a", "b").replace('sequence_number":4', 'sequence_number":9');

describe("several followers of a stream", () => {
  test("each receive everything", () => {
    const [first, second]: Record<string, number>[] = [{}, {}];
    follow(text, followAll([counting(first ?? {}), counting(second ?? {})]));
    expect(first).toMatchObject({ records: 10, readings: 9, reports: 1 });
    expect(first?.findings).toBeGreaterThan(0);
    expect(second).toEqual(first);
  });

  test("take stretches only if all of them do", () => {
    expect(takesStretches(followAll([{}, { stretch: () => {} }]))).toBe(true);
    expect(takesStretches(followAll([{ read: () => {} }, { stretch: () => {} }]))).toBe(false);
  });
});

test("a view without another follower is the same view", () => {
  const view: View = { name: "none", title: "nothing", hasSummary: false, create: () => ({}) };
  expect(followedToo(view, null)).toBe(view);
  expect(followedToo(view, () => ({}))).not.toBe(view);
});
