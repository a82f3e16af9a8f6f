// All columns of a row, in order. Those about the stream have the same value on each of its rows: to add them up, take
// the rows where response_index is 0.
import type { Column, ColumnType, ValueOf } from "./column.ts";
import { amounts } from "./columns/amounts.ts";
import { identity } from "./columns/identity.ts";
import { outcome } from "./columns/outcome.ts";
import { request } from "./columns/request.ts";
import { times } from "./columns/times.ts";

export const columns = [
  ...identity,
  ...outcome,
  ...request,
  ...times,
  ...amounts,
] as const satisfies readonly AnyColumn[];

/** A column of any value type. */
export type AnyColumn = { [Type in ColumnType]: Column<string, Type> }[ColumnType];

/** One flat value per response. */
export type Row = {
  readonly [Each in (typeof columns)[number] as Each["name"]]: ValueOf<Each["type"]>;
};
