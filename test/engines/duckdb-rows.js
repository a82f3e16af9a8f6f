// Loads rows with the recipe for DuckDB, from rows.ndjson in the working folder, and writes those of its Parquet file as JSON
// lines: duckdb-rows.js ROWS_FOLDER MODULES_FOLDER TARGET
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [rows = "", modules = "", target = ""] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(`${modules}/`)("@duckdb/node-api");
const instance = await DuckDBInstance.create("fleet.db");
const connection = await instance.connect();
await connection.run("SET TimeZone = 'UTC'");
for (const file of ["tables/duckdb.sql", "engines/duckdb.sql"]) {
  await connection.run(readFileSync(join(rows, file), "utf8"));
}
const time = `strftime(started_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS started_at`;
await connection.run(`COPY (SELECT * REPLACE (${time}) FROM 'responses.parquet') TO '${target}' (FORMAT json)`);
