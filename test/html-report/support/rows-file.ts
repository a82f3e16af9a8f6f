// A file of rows with known values, as `stats` reads it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Row } from "../../../src/rows/columns.ts";
import { temporaryDirectory } from "../../support/files.ts";
import { run } from "../../support/io.ts";

const chat = `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":{"content":"Ebb"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`;

/** One row per change; everything else is that of a complete response without times and tokens. */
export async function rowsFile(changes: readonly Partial<Row>[]): Promise<string> {
  const { stdout } = await run(["check", "--reporter", "rows"], { stdin: [chat] });
  const row: Row = JSON.parse(stdout);
  const path = join(temporaryDirectory(), "rows.ndjson");
  writeFileSync(path, changes.map((change) => `${JSON.stringify({ ...row, ...change })}\n`).join(""));
  return path;
}

type Change = Partial<Row>;

/**
 * So many rows of a model; their first tokens begin at `firstMs` and are 1 ms apart. `change`: more that the rows have,
 * the same in all, or by their index.
 */
export function rowsOfModel(
  model: string,
  count: number,
  firstMs: number | null,
  change: Change | ((index: number) => Change) = {},
): readonly Change[] {
  return Array.from({ length: count }, (_, index) => ({
    model,
    first_token_ms: firstMs === null ? null : firstMs + index,
    ...(typeof change === "function" ? change(index) : change),
  }));
}

/** The first rows are cut. */
export function cut(count: number): (index: number) => Change {
  return (index) => (index < count ? { verdict: "truncated", failed: true, rules: { "no-terminal": 1 } } : {});
}
