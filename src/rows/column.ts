// The contract of a row's column: its name, type, meaning, and how it is read. JSON, its schema, the SQL tables and the
// guide are generated from it.
import type { Checked } from "../check/checked.ts";
import type { ResponseSizes } from "../check/response-sizes.ts";
import type { Report, ResponseReport } from "../model/report.ts";

/** The column types in TypeScript; `schema.ts` and `sql.ts` map them to JSON and SQL. */
interface Values {
  string: string;
  /** 64 bits in SQL; in JSON, exact up to 2 to the power of 53. */
  integer: number;
  double: number;
  boolean: boolean;
  /** ISO 8601 in UTC: `2026-11-23T09:30:00.000Z`. */
  timestamp: string;
  /** Names and how often each occurs. */
  counts: Readonly<Record<string, number>>;
}

export type BaseType = keyof Values;
const bases = ["string", "integer", "double", "boolean", "timestamp", "counts"] as const satisfies readonly BaseType[];
/** With `?` the value may be null: not reported, not measured, or not applicable. */
export type ColumnType = BaseType | `${Exclude<BaseType, "counts">}?`;
export type ValueOf<Type extends ColumnType> = Type extends `${infer Base extends BaseType}?`
  ? Values[Base] | null
  : Type extends BaseType
    ? Values[Type]
    : never;

/** The subject of a row: a response in its stream, or a stream or source without any. */
export interface Subject {
  readonly checked: Checked;
  /** Null if the source could not be read. */
  readonly report: Report | null;
  /** Null if the stream has no response. */
  readonly response: ResponseReport | null;
  /** The index of the response, from 0; 0 if there is none. */
  readonly index: number;
  /** Null if there is no response. */
  readonly sizes: ResponseSizes | null;
}

export interface Column<Name extends string = string, Type extends ColumnType = ColumnType> {
  /** In snake case, as in SQL. */
  readonly name: Name;
  readonly type: Type;
  /** One sentence for the documentation. */
  readonly meaning: string;
  readonly read: (subject: Subject) => ValueOf<Type>;
}

/** A column, with its name and type as literal types. */
export function column<const Name extends string, const Type extends ColumnType>(
  name: Name,
  type: Type,
  meaning: string,
  read: (subject: Subject) => ValueOf<Type>,
): Column<Name, Type> {
  return { name, type, meaning, read };
}

/** Whether a value may be null, and its type if it is not. */
export function typeOf({ type }: Pick<Column, "type">): { readonly base: BaseType; readonly isNullable: boolean } {
  const base = bases.find((name) => type === name || type === `${name}?`) ?? "string";
  return { base, isNullable: type !== base };
}
