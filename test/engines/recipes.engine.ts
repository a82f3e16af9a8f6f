// Each engine gives the rows that ssescope gives by itself, also where a worker is killed in the middle.
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../support/files.ts";
import { PROGRAM } from "../program/run-scripts.ts";
import { fleet, writeCaptures, writeRecords } from "./fleet.ts";
import { duckdbFolder, type EngineName, found, python, required } from "./found.ts";

const ROWS = fileURLToPath(new URL("../../src/rows", import.meta.url));
const HERE = import.meta.dirname;
const MOST_BYTES = 1024 ** 3;

/** Two tasks at a time, each of which may fail three times, without an address of this machine. */
const SPARK_HERE = [
  "--master local[2,4]",
  "--conf spark.driver.bindAddress=127.0.0.1 --conf spark.driver.host=127.0.0.1 --conf spark.ui.enabled=false",
  "--conf spark.sql.session.timeZone=UTC --conf spark.sql.files.maxPartitionBytes=200k",
  "pyspark-shell",
].join(" ");

type Row = Readonly<Record<string, unknown>>;

function execute(command: string, argv: readonly string[], { env = {}, input = "", cwd = HERE } = {}): string {
  const ended: SpawnSyncReturns<Buffer> = spawnSync(command, argv, {
    cwd,
    input,
    maxBuffer: MOST_BYTES,
    env: { ...process.env, SSESCOPE: PROGRAM.replaceAll("'", ""), PYSPARK_PYTHON: python, ...env },
  });
  if (ended.status !== 0)
    throw new Error(`${command} ${argv.join(" ")} ended with ${ended.status}:\n${ended.stderr.toString()}`);
  return ended.stdout.toString();
}

function parse(lines: string): readonly Row[] {
  const rows = lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Row => JSON.parse(line));
  return rows.sort((a, b) => String(a["row_id"]).localeCompare(String(b["row_id"])));
}

/** The rows that ssescope gives by itself. */
function rowsOfRecords(records: string): string {
  return execute(join(ROWS, "engines", "ssescope-rows"), [], { input: readFileSync(records, "utf8") });
}

/** A command that is killed the first time, after five rows; and whether that was so. */
function killedOnce(folder: string) {
  const [path, mark] = [join(folder, "killed-once"), join(folder, "was-killed")];
  writeFileSync(
    path,
    `#!/bin/sh\nif mkdir '${mark}' 2>&-; then ${PROGRAM} "$@" | head -n 5; kill -9 $$; fi\nexec ${PROGRAM} "$@"\n`,
  );
  chmodSync(path, 0o755);
  return { path, wasKilled: () => existsSync(mark) };
}

/** What people ask of many rows: how many there are of each model, how many failed, when the first token came. */
function totals(rows: readonly Row[]) {
  const byModel: Record<string, { rows: number; failed: number; characters: number; firstTokenMs: number }> = {};
  for (const { model, failed, text_characters: characters, first_token_ms: firstTokenMs } of rows) {
    const total = (byModel[String(model)] ??= { rows: 0, failed: 0, characters: 0, firstTokenMs: 0 });
    total.rows += 1;
    total.failed += failed === true ? 1 : 0;
    total.characters += Number(characters);
    total.firstTokenMs += Number(firstTokenMs);
  }
  return byModel;
}

/** Whether an engine is not to be tested. */
function isSkipped(name: EngineName): boolean {
  return !found[name] && !required.includes(name);
}

test("The engines that must be here are", () => {
  const missing = required.filter(
    (name) => !Object.entries(found).some(([known, isFound]) => known === name && isFound),
  );
  expect(missing).toEqual([]);
});

test("The wrapper for engines gives a row for each record, and fails only if it is killed", () => {
  const folder = temporaryDirectory();
  const records = writeRecords(folder);
  const rows = parse(rowsOfRecords(records));
  expect(new Set(rows.map(({ source }) => source)).size).toBe(fleet.length);
  expect(totals(rows)).toMatchObject({ "slow-model": { rows: 100, failed: 6 }, "model-a": { rows: 100, failed: 6 } });
  const { path } = killedOnce(folder);
  const wrapper = join(ROWS, "engines", "ssescope-rows");
  const input = readFileSync(records, "utf8");
  expect(() => execute(wrapper, [], { input, env: { SSESCOPE: path } })).toThrow("ended with 137");
});

describe.skipIf(isSkipped("spark"))("Spark", () => {
  test.each(["as it is", "with a worker that is killed"])("gives the same rows, %s", (how) => {
    const folder = temporaryDirectory();
    const records = writeRecords(folder);
    const target = join(folder, "responses.parquet");
    const { path, wasKilled } = killedOnce(folder);
    const isKilled = how !== "as it is";
    const env = { PYSPARK_SUBMIT_ARGS: SPARK_HERE, ...(isKilled && { SSESCOPE: path }) };
    execute(python, [join(ROWS, "engines", "spark.py"), records, target], { cwd: folder, env });
    expect(wasKilled()).toBe(isKilled);
    const rows = parse(execute(python, [join(HERE, "parquet-rows.py"), target]));
    expect(totals(rows)).toEqual(totals(parse(rowsOfRecords(records))));
    // Which line of its partition a record is depends on the engine.
    expect(rows.map(withoutLine)).toEqual(parse(rowsOfRecords(records)).map(withoutLine));
  });
});

describe.skipIf(isSkipped("clickhouse"))("ClickHouse", () => {
  test.each(["as it is", "with a worker that is killed"])("gives the same rows, %s", (how) => {
    const folder = temporaryDirectory();
    const records = writeRecords(folder);
    const target = join(folder, "clickhouse.ndjson");
    const { path, wasKilled } = killedOnce(folder);
    const isKilled = how !== "as it is";
    const env = isKilled ? { SSESCOPE: path } : {};
    execute(python, [join(HERE, "clickhouse-rows.py"), ROWS, records, target], { cwd: folder, env });
    expect(wasKilled()).toBe(isKilled);
    const rows = parse(readFileSync(target, "utf8"));
    expect(totals(rows)).toEqual(totals(parse(rowsOfRecords(records))));
    expect(rows.map(withoutLine)).toEqual(parse(rowsOfRecords(records)).map(withoutLine));
  });
});

describe.skipIf(isSkipped("duckdb"))("DuckDB", () => {
  test("gives the same rows from Parquet, also where an attempt was cut off before", () => {
    const folder = temporaryDirectory();
    const expected = rowsOfRecords(writeRecords(folder));
    const target = join(folder, "duckdb.ndjson");
    const load = (rows: string) => {
      writeFileSync(join(folder, "rows.ndjson"), rows);
      execute(process.execPath, [join(HERE, "duckdb-rows.js"), ROWS, duckdbFolder, target], { cwd: folder });
      return parse(readFileSync(target, "utf8"));
    };
    const lines = expected.split("\n");
    const first = `${lines.slice(0, 50).join("\n")}\n`;
    expect(load(first)).toEqual(parse(first));
    expect(load(`${first}${expected}`)).toEqual(parse(expected));
  });
});

describe.skipIf(isSkipped("parallel"))("GNU parallel", () => {
  test.each(["as it is", "with a job that is killed"])("gives the same rows, %s", (how) => {
    const folder = temporaryDirectory();
    mkdirSync(join(folder, "captures"));
    const paths = writeCaptures(join(folder, "captures"));
    const input = `${paths.join("\0")}\0`;
    const { path, wasKilled } = killedOnce(folder);
    const isKilled = how !== "as it is";
    const env = isKilled ? { SSESCOPE: path } : {};
    const rows = execute(join(ROWS, "engines", "parallel.sh"), ["--jobs", "2", "--sshlogin", ":"], { input, env });
    expect(wasKilled()).toBe(isKilled);
    const argv = ["-c", `${PROGRAM} check --no-config --sources-from - --reporter rows; [ $? -le 7 ]`];
    expect(parse(rows)).toEqual(parse(execute("sh", argv, { input })));
  });
});

function withoutLine(row: Row): Row {
  return { ...row, stream_line: null };
}
