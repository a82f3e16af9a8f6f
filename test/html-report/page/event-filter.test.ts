import { expect, test } from "vitest";
import { countKinds, type EventFilter, filterRows } from "../../../src/html-report/page/event-filter.ts";
import { commentRow, detailWith, textRow } from "../support/detail.ts";

const detail = detailWith({ rows: [textRow(0, "Ebb"), commentRow("ping"), textRow(1, "flood"), textRow(2, "(")] });
const shown = (filter: Partial<EventFilter>) => filterRows(detail, { search: "", kind: null, ...filter }, new Set([1]));

test.each<[Partial<EventFilter>, readonly number[]]>([
  [{}, [0, 1, 2, 3]],
  [{ kind: "comment" }, [1]],
  [{ kind: "findings" }, [2]],
  [{ search: "ebb" }, [0]],
  [{ search: "/^text.*(ebb|flood)/" }, [0, 2]],
  [{ search: "/(/" }, []],
  [{ search: "(" }, [3]],
  [{ search: "flood", kind: "comment" }, []],
])("%j shows the rows %j", (filter, rows) => {
  expect(shown(filter)).toEqual(rows);
});

test("kinds are counted, in the order of their list", () => {
  expect(countKinds(detail.rows)).toEqual([
    ["text", 3],
    ["comment", 1],
  ]);
});
