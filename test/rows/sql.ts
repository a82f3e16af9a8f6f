// The table that rows go into, in the words of each engine.
import { type BaseType, typeOf } from "../../src/rows/column.ts";
import { columns } from "../../src/rows/columns.ts";

export interface Engine {
  /** As its file is called. */
  readonly name: string;
  /** As people call it. */
  readonly title: string;
  readonly types: Readonly<Record<BaseType, string>>;
  /** How a column is declared. */
  readonly declare: (name: string, type: string, isNullable: boolean, meaning: string) => string;
  /** What follows the columns, in the brackets: a line each. */
  readonly constraints: readonly string[];
  /** What follows the brackets. */
  readonly closing: string;
}

const quotedWith = (mark: string, name: string) => mark + name + mark;
/** A string of SQL: every engine here doubles the quote, and none of the sentences has a backslash. */
const textOf = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** In alphabetical order. */
export const engines: readonly Engine[] = [
  {
    name: "clickhouse",
    title: "ClickHouse",
    // https://clickhouse.com/docs/sql-reference/data-types
    types: {
      string: "String",
      integer: "Int64",
      double: "Float64",
      boolean: "Bool",
      timestamp: "DateTime64(3, 'UTC')",
      counts: "Map(String, Int64)",
    },
    declare: (name, type, isNullable, meaning) =>
      `${quotedWith("`", name)} ${isNullable ? `Nullable(${type})` : type} COMMENT ${textOf(meaning)}`,
    constraints: [],
    // Rows of the same key replace each other: https://clickhouse.com/docs/engines/table-engines/mergetree-family/replacingmergetree
    closing: "ENGINE = ReplacingMergeTree\nORDER BY (`source`, `stream_index`, `response_index`, `row_id`)",
  },
  {
    name: "duckdb",
    title: "DuckDB",
    // https://duckdb.org/docs/stable/sql/data_types/overview
    types: {
      string: "VARCHAR",
      integer: "BIGINT",
      double: "DOUBLE",
      boolean: "BOOLEAN",
      timestamp: "TIMESTAMPTZ",
      counts: "MAP(VARCHAR, BIGINT)",
    },
    declare: (name, type, isNullable) => `${quotedWith('"', name)} ${type}${isNullable ? "" : " NOT NULL"}`,
    // INSERT OR REPLACE then replaces a row of the same key.
    constraints: ['PRIMARY KEY ("row_id")'],
    closing: "",
  },
  {
    name: "spark",
    title: "Spark SQL",
    // https://spark.apache.org/docs/latest/sql-ref-datatypes.html
    types: {
      string: "STRING",
      integer: "BIGINT",
      double: "DOUBLE",
      boolean: "BOOLEAN",
      timestamp: "TIMESTAMP",
      counts: "MAP<STRING, BIGINT>",
    },
    declare: (name, type, isNullable, meaning) =>
      `${quotedWith("`", name)} ${type}${isNullable ? "" : " NOT NULL"} COMMENT ${textOf(meaning)}`,
    constraints: [],
    closing: "USING parquet",
  },
];

/** The name of the table that the statements create. */
const TABLE = "responses";

/** A statement that creates the table, with a comment that says what it is. */
export function createTable({ title, types, declare, constraints, closing }: Engine): string {
  const declared = columns.map((column) => {
    const { base, isNullable } = typeOf(column);
    return declare(column.name, types[base], isNullable, column.meaning);
  });
  const lines = [...declared, ...constraints].map((line) => `  ${line}`).join(",\n");
  const head = `-- Rows of "ssescope check --reporter rows" in ${title}. Generated from the columns in src/rows.\n`;
  return `${head}CREATE TABLE IF NOT EXISTS ${TABLE} (\n${lines}\n)${closing === "" ? "" : `\n${closing}`};\n`;
}

/** The recipe for ClickHouse's table function, which has to name the columns that it reads. */
export function clickHouseFunction(): string {
  const engine = engines.find(({ name }) => name === "clickhouse") ?? engines[0];
  const declared = columns.map((column) => {
    const { base, isNullable } = typeOf(column);
    const type = engine?.types[base] ?? "";
    return `${column.name} ${isNullable ? `Nullable(${type})` : type}`;
  });
  // Within a string of SQL.
  const structure = declared.join(",\n  ").replaceAll("'", "''");
  return `-- Records of a table in, typed rows out: ClickHouse starts ssescope-rows, which is in its user_scripts folder, writes the
-- records to it and reads the rows. The table "records" has the columns of a record: source, and body or bodyBase64. If
-- ssescope is lost, the INSERT fails: run it again. The table replaces what the first attempt wrote, with FINAL at once.
-- Generated from the columns in src/rows.
INSERT INTO ${TABLE}
SELECT * FROM executable('ssescope-rows', JSONEachRow, '
  ${structure}
', (SELECT * FROM records), SETTINGS command_read_timeout = 600000, check_exit_code = true)
SETTINGS date_time_input_format = 'best_effort';
`;
}
