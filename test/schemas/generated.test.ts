// The published schemas are generated from the types. `npm run generate` writes them anew.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { format } from "oxfmt";
import { expect, test } from "vitest";
import { rowSchema } from "../rows/schema.ts";
import { generateSchemas } from "./generate.ts";

const folder = path.resolve(import.meta.dirname, "../../src/schemas");
/** Of the types, and of the columns of rows. */
const schemas: ReadonlyMap<string, object> = new Map([...generateSchemas(), ["row", rowSchema()]]);

test.each([...schemas])("%s.schema.json is what the types say", async (name, schema) => {
  const file = path.join(folder, `${name}.schema.json`);
  const { code } = await format(file, JSON.stringify(schema, null, 2), { printWidth: 120 });
  await expect(code).toMatchFileSnapshot(file);
});

test("every schema is generated", async () => {
  const files = await readdir(folder);
  expect(files.sort()).toEqual([...schemas.keys()].map((name) => `${name}.schema.json`).sort());
});
