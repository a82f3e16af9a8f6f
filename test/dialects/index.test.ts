import { expect, test } from "vitest";
import { dialects } from "../../src/dialects/index.ts";

test("The list has each dialect under its own name.", () => {
  expect(dialects.map(({ name }) => name)).toEqual(dialects.map(({ load }) => load().name));
});
