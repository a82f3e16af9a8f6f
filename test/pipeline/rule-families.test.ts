import { describe, expect, test } from "vitest";
import { allDialects } from "../../src/dialects/all-dialects.ts";
import { familiesOf, ruleFamilies } from "../../src/pipeline/rule-families.ts";

test("without a dialect, only the families for all dialects watch", () => {
  const general = ruleFamilies().filter(({ dialects }) => dialects === null);
  expect(familiesOf(null)).toEqual(general.map(({ family }) => family));
});

describe.each(allDialects())("a stream of $name", (dialect) => {
  test("is watched by the families that are listed for it, in the order of the list", () => {
    const listed = ruleFamilies().filter(({ dialects }) => dialects === null || dialects.includes(dialect.name));
    expect(familiesOf(dialect)).toEqual(listed.map(({ family }) => family));
  });
});
