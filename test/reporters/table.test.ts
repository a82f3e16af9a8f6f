import { expect, test } from "vitest";
import { table } from "../../src/reporters/table.ts";
import { terminalRuler } from "../../src/terminal/terminal-ruler.ts";
import { checkedOf, findingOf, responseOf, unreadable, usageOf } from "./support/checked.ts";
import { reported, startRun } from "./support/reported.ts";

const warning = findingOf({ severity: "warning", rule: "bom" });

test("streams are rows, and the last line has the totals", async () => {
  const streams = [
    checkedOf(),
    checkedOf([findingOf(), warning, warning], { source: "b.sse", checkCode: 1, events: 12_345 }),
    checkedOf([], { source: "c.sse", verdict: "transport-error", responses: [] }),
    unreadable("gone.sse"),
  ];
  expect((await reported(table, streams)).split("\n")).toEqual([
    "verdict            exit  errors  warnings   events     tokens  source",
    "✓ completed           0       0         0        9         18  cap.sse",
    "✗ completed           1       1         2   12,345         18  b.sse",
    "✗ transport-error     6       0         0        9          -  c.sse",
    "✗ unreadable          2       1         0        -          -  gone.sse",
    "",
    "4 streams: 2 completed, 1 transport-error, 1 unreadable; 2 errors, 2 warnings; the worst: gone.sse, unreadable, exit 2",
    "",
  ]);
});

test("the tokens of all responses are summed up", async () => {
  const responses = [1000, null, 234].map((total) => responseOf({ usage: usageOf(total) }));
  expect(await reported(table, [checkedOf([], { responses })])).toContain(" 1,234  cap.sse");
});

test("a stream of a log is named with its place", async () => {
  const stream = { name: "api-1", line: 12, skippedLines: 3 };
  expect(await reported(table, [checkedOf([], { source: "ci.log", stream })])).toContain("  ci.log:12 (api-1)\n");
});

test("the last line says if all is well", async () => {
  expect(await reported(table, [checkedOf()])).toMatch(/\n1 stream: 1 completed; no findings; exit 0\n$/);
  expect(await reported(table, [])).toBe("0 streams; no findings; exit 0\n");
});

test("a row is written as soon as its stream is checked", async () => {
  const run = await startRun(table);
  await run.check(checkedOf());
  expect(run.text()).toMatch(/^verdict .*source\n✓ completed .*cap\.sse\n$/);
});

test("rows have the colours of their exit codes", async () => {
  const streams = [checkedOf(), checkedOf([findingOf()], { checkCode: 1 })];
  const said = await reported(table, streams, { isTTY: true, color: "always" });
  expect(said).toContain("\u001b[32m✓ completed");
  expect(said).toContain("\u001b[31m✗ completed");
});

test.each([40, 60, 80, 120, 200])("every row fits on one line of a terminal with %i columns", async (columns) => {
  const stream = { name: "POST https://api.example/v1/responses", line: 244, skippedLines: 0 };
  const streams = [
    checkedOf([], { source: `captures/${"潮/".repeat(30)}tides.sse`, verdict: "transport-error" }),
    checkedOf([], { source: `fixtures/${"har/".repeat(30)}chrome.har`, stream }),
  ];
  const rows = (await reported(table, streams, { columns })).split("\n").slice(0, 3);
  for (const row of rows) expect(terminalRuler.columnsOf(row)).toBeLessThanOrEqual(columns);
  expect(rows[1]).toMatch(/ides\.sse$/);
  expect(rows[2]).toMatch(/rome\.har:244$|responses\)$/);
});
