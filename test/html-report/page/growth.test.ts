import { expect, test } from "vitest";
import { textsAt } from "../../../src/html-report/page/growth.ts";
import { commentRow, textRow } from "../support/detail.ts";

const rows = [textRow(0, "At "), commentRow("ping"), textRow(1, "noon", null, 1), textRow(2, "Büsum")];
const shown = (last: number) => textsAt(rows, last).map(({ item, before, fresh }) => [item, before, fresh]);

test("the texts at a row are the text so far, and the text that the row adds", () => {
  expect(shown(0)).toEqual([[0, "", "At "]]);
  expect(shown(1)).toEqual([[0, "At ", ""]]);
  expect(shown(3)).toEqual([
    [0, "At ", "Büsum"],
    [1, "noon", ""],
  ]);
  expect(shown(99)).toEqual([
    [0, "At Büsum", ""],
    [1, "noon", ""],
  ]);
});
