import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { kinds } from "../../../src/event-words/kinds.ts";

test("every kind with a colour in the page exists", () => {
  const css = readFileSync("src/html-report/page/style.css", "utf8");
  const coloured = new Set(Array.from(css.matchAll(/\.kind-([\w-]+)/g), ([, name]) => name));
  expect(coloured.size).toBeGreaterThan(5);
  expect([...coloured].filter((name) => !kinds.some((kind) => kind.name === name))).toEqual([]);
});
