import { expect, test } from "vitest";
import type { EventRow } from "../../../src/html-report/data.ts";
import { countKinds, type EventFilter, filterRows } from "../../../src/html-report/page/event-filter.ts";
import { commentRow, detailWith, textRow } from "../support/detail.ts";

const detail = detailWith({ rows: [textRow(0, "Ebb"), commentRow("ping"), textRow(1, "flood"), textRow(2, "(")] });
const shown = (filter: Partial<EventFilter>) => filterRows(detail, { search: "", kind: null, ...filter }, new Set([1]));

test.each<[Partial<EventFilter>, readonly number[]]>([
  [{}, [0, 1, 2, 3]],
  [{ kind: "comment" }, [1]],
  [{ kind: "finding" }, [2]],
  [{ search: "ebb" }, [0]],
  [{ search: "/^text.*(ebb|flood)/" }, [0, 2]],
  [{ search: "/(/" }, []],
  [{ search: "(" }, [3]],
  [{ search: "flood", kind: "comment" }, []],
])("%j shows the rows %j", (filter, rows) => {
  expect(shown(filter)).toEqual(rows);
});

test("kinds are counted, in the order of their list", () => {
  expect(countKinds(detail.rows).map(({ name, count }) => [name, count])).toEqual([
    ["text", 3],
    ["comment", 1],
  ]);
});

test("an event with several facts has several kinds, as with --only", () => {
  const rows: EventRow[] = [[["end", "usage"], 0, 1, null, 0, "{}", "completed", [], null, "good"]];
  expect(countKinds(rows).map(({ name }) => name)).toEqual(["end", "usage"]);
  for (const kind of ["end", "usage"] as const) {
    expect(filterRows(detailWith({ rows }), { search: "", kind }, new Set())).toEqual([0]);
  }
});
