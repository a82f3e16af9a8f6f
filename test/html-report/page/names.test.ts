import { expect, test } from "vitest";
import { shownNames } from "../../../src/html-report/page/names.ts";
import { listedWith } from "../support/detail.ts";

const LONG = "nightly-2026-03-04-checkout-flow";

test.each<[sources: string[], shown: string[]]>([
  [["a/b.sse"], ["a/ b.sse"]],
  [
    ["a/b/c.sse", "a/b/d.sse"],
    [" c.sse", " d.sse"],
  ],
  [
    ["a/b/c.sse", "a/bc/d.sse"],
    ["b/ c.sse", "bc/ d.sse"],
  ],
  [
    ["a/c.sse", "-"],
    ["a/ c.sse", " -"],
  ],
  [
    ["a-shared-name-1", "a-shared-name-2", "a-shared-name-3"],
    [" a-shared-name-1", " a-shared-name-2", " a-shared-name-3"],
  ],
  [
    [`${LONG}-one.sse`, `${LONG}-two.sse`, `${LONG}-onto.sse`],
    [" …one.sse", " …two.sse", " …onto.sse"],
  ],
])("sources %j are shown as %j", (sources, shown) => {
  const names = shownNames(sources.map((source, index) => listedWith(index, { source })));
  expect([...names.values()].map(({ folder, base }) => `${folder} ${base}`)).toEqual(shown);
});
