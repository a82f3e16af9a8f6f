// The engines that are installed: by what the environment names, and by what is on the path.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** A Python with pyspark, pyarrow or chdb; a folder in whose node_modules DuckDB is. */
export const python = process.env["SSESCOPE_ENGINES_PYTHON"] ?? "python3";
export const duckdbFolder = process.env["SSESCOPE_ENGINES_DUCKDB"] ?? "";

/** Whether each can be run here. */
export const found = {
  spark: hasModules("pyspark", "pyarrow") && runs("java", "-version"),
  clickhouse: hasModules("chdb"),
  duckdb: existsSync(join(duckdbFolder, "node_modules", "@duckdb", "node-api")),
  parallel: runs("parallel", "--version"),
} as const;

export type EngineName = keyof typeof found;

/** Those that must not be skipped, by name. */
export const required: readonly string[] = (process.env["SSESCOPE_ENGINES_REQUIRED"] ?? "").split(" ").filter(Boolean);

function hasModules(...names: readonly string[]): boolean {
  const script = "import importlib.util, sys; sys.exit(not all(map(importlib.util.find_spec, sys.argv[1:])))";
  return runs(python, "-c", script, ...names);
}

function runs(command: string, ...argv: readonly string[]): boolean {
  return spawnSync(command, argv, { stdio: "ignore" }).status === 0;
}
