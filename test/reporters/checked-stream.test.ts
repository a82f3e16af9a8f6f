import { expect, test } from "vitest";
import { describeEnd, unlistedOf } from "../../src/reporters/checked-stream.ts";
import { human } from "../../src/reporters/human.ts";
import { checkedOf, findingOf } from "./support/checked.ts";
import { reported } from "./support/reported.ts";

test("findings that are only counted have the severity of those that are kept", () => {
  const kept = [findingOf({ rule: "bom", severity: "warning" }), findingOf()];
  expect(unlistedOf(checkedOf(kept, { unlisted: { bom: 12 } }))).toEqual([
    { rule: "bom", severity: "warning", count: 12 },
  ]);
});

test("findings without a kept one are assumed to be errors", async () => {
  const stream = checkedOf([], { unlisted: { bom: 12 } });
  expect(unlistedOf(stream)).toEqual([{ rule: "bom", severity: "error", count: 12 }]);
  expect(await reported(human, [stream], { leastShown: "error" })).toContain("\n  and 12 more of bom\n");
});

test("an interrupt is part of how a stream ended", () => {
  const setting = { verdict: "truncated", exitCode: 130 } as const;
  expect(describeEnd(checkedOf([], { ...setting, interrupted: true }))).toBe("truncated, interrupted, exit 130");
  expect(describeEnd(checkedOf([], setting))).toBe("truncated, exit 130");
});
