// Converts a checked stream to rows: one per response, or one if there is none.
import type { Checked } from "../check/checked.ts";
import { sizesOf } from "../check/response-sizes.ts";
import type { Subject } from "./column.ts";
import { columns, type Row } from "./columns.ts";

/** The rows of a checked stream, or of a source that could not be read: at least one, so that nothing is lost. */
export function rowsOf(checked: Checked): readonly Row[] {
  const { report, sizes } = checked;
  const responses = report?.responses ?? [];
  if (report === null || responses.length === 0) {
    return [rowOf({ checked, report, response: null, index: 0, sizes: null })];
  }
  const ofResponses = sizes ?? sizesOf(report);
  return responses.map((response, index) =>
    rowOf({ checked, report, response, index, sizes: ofResponses[index] ?? null }),
  );
}

function rowOf(subject: Subject): Row {
  const row: Record<string, unknown> = {};
  fill(row, subject);
  return row;
}

/** Each column gives a value of its type, so all of them together are a row. */
function fill(row: Record<string, unknown>, subject: Subject): asserts row is Row {
  for (const { name, read } of columns) row[name] = read(subject);
}
