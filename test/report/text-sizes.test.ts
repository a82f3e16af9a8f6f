// The characters of an item's text are counted without building it, with the same result.
import { expect, test } from "vitest";
import { textCharacters } from "../../src/model/text-sizes.ts";
import { chosenFixtures } from "../support/fixtures.ts";
import { readChunks } from "../support/with-stretches.ts";

test("an item's text has the counted number of characters", async () => {
  let counted = 0;
  for (const { name, bytes } of chosenFixtures) {
    if (!/\.(?:sse|ndjson)$/.test(name)) continue;
    const { report } = await readChunks([bytes], true);
    for (const item of report.responses.flatMap(({ items }) => items)) {
      expect(textCharacters(item)).toBe(Array.from(item.text ?? "").length);
      counted += item.text === undefined ? 0 : 1;
    }
  }
  expect(counted).toBeGreaterThan(50);
});
