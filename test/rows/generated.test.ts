// The tables and the guide are made of the columns. `npm run generate` writes them anew.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { columns } from "../../src/rows/columns.ts";
import { markdownTable, withSection } from "../support/generated-section.ts";
import { clickHouseFunction, createTable, engines } from "./sql.ts";

const folder = path.resolve(import.meta.dirname, "../../src/rows");

test.each(engines)("the table of $title is what the columns say", async (engine) => {
  await expect(createTable(engine)).toMatchFileSnapshot(path.join(folder, "tables", `${engine.name}.sql`));
});

test("the recipe for ClickHouse names the columns", async () => {
  await expect(clickHouseFunction()).toMatchFileSnapshot(path.join(folder, "engines", "clickhouse.sql"));
});

test("every table is generated", async () => {
  const files = await readdir(path.join(folder, "tables"));
  expect(files.sort()).toEqual(engines.map(({ name }) => `${name}.sql`));
});

test("the guide lists the columns", async () => {
  const page = path.join(folder, "README.md");
  const list = columns.map(({ name, type, meaning }) => [`\`${name}\``, type.replace("?", " or null"), meaning]);
  const table = markdownTable(["column", "type", "meaning"], list);
  await expect(await withSection(page, "columns", table)).toMatchFileSnapshot(page);
});

test("columns have names of their own, in snake case, and a sentence each", () => {
  const names = columns.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, meaning } of columns) {
    expect(name).toMatch(/^[a-z]+(_[a-z0-9]+)*$/);
    expect(meaning).toMatch(/^[A-Z\d-].*\.$/);
  }
});
