import { expect, test } from "vitest";
import { createTotals } from "../../src/reporters/totals.ts";
import { checkedOf } from "./support/checked.ts";

test("verdicts are counted in the order of all verdicts", () => {
  const totals = createTotals();
  for (const verdict of ["truncated", "failed", "completed", "failed"] as const) totals.add(checkedOf([], { verdict }));
  expect(totals.describeStreams()).toBe("4 streams: 1 completed, 2 failed, 1 truncated");
});

test("the first decisive stream is named, shortened", () => {
  const totals = createTotals();
  const setting = { verdict: "truncated" } as const;
  totals.add(checkedOf());
  totals.add(checkedOf([], { ...setting, source: "x".repeat(10_000) }));
  totals.add(checkedOf([], { ...setting, source: "later.sse" }));
  const said = totals.describeExit({ exitCode: 5, streams: 3 });
  expect(said).toMatch(/^the worst: x+… \(10,000 characters\), truncated, exit 5$/);
  expect(said.length).toBeLessThan(300);
  expect(totals.describeExit({ exitCode: 0, streams: 3 })).toBe("exit 0");
  expect(totals.describeExit({ exitCode: 130, streams: 3 })).toBe("exit 130");
});
