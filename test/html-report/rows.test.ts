import { describe, expect, test } from "vitest";
import { keepRows, type KeptRows, type RowLimits } from "../../src/html-report/rows.ts";
import { answer, event } from "../support/stream.ts";
import { follow } from "./support/follow.ts";

const ROOMY: RowLimits = {
  first: { rows: 100, size: 1e6 },
  last: { rows: 100, size: 1e6 },
  longestData: 1000,
  longestType: 40,
  mostTypes: 20,
};

function kept(text: string, limits: Partial<RowLimits> = {}, budget = { left: 1e9 }): KeptRows {
  const results: KeptRows[] = [];
  follow(
    text,
    keepRows((_, rows) => results.push(rows), budget, { ...ROOMY, ...limits }),
  );
  const [result] = results;
  if (result === undefined) throw new Error("nothing was kept");
  return result;
}

const indexes = ({ rows }: KeptRows) => rows.map(([, index]) => index);
const words = Array.from({ length: 20 }, (_, index) => `w${index} `);

describe("the rows of a stream", () => {
  test("are its events, comments, retries and stray lines, each with its kind", () => {
    const { rows, types } = kept(`: ping\n\nretry: 5\n\n${answer("hey")}oops\n\n`);
    expect(rows.map(([[kind]]) => kind)).toEqual([
      "comment",
      "retry",
      "start",
      "item",
      "part",
      "text",
      "text",
      "part",
      "item",
      "end",
      "stray",
    ]);
    expect(rows.map(([, , , , , , said]) => said)).toEqual([
      "",
      "",
      "model-1 in_progress resp_1",
      "message begins",
      "output_text begins",
      "",
      "ends, 3 characters",
      "output_text ends",
      "message completed",
      "completed · tokens 5 in, 3 out",
      "",
    ]);
    const [kind, index, line, atMs, type, data, said, deltas, item] = rows[5] ?? [];
    expect([kind, index, line, atMs, said, deltas, item]).toEqual([
      ["text"],
      3,
      14,
      null,
      "",
      [[0, 0, 0, "text", "hey"]],
      null,
    ]);
    expect(types[type ?? -1]).toBe("response.output_text.delta");
    expect(JSON.parse(data ?? "")).toMatchObject({ delta: "hey" });
  });

  test("are the first and the last ones if there are too many", () => {
    const limits = { first: { rows: 4, size: 1e6 }, last: { rows: 3, size: 1e6 } };
    const result = kept(answer(...words), limits);
    expect(indexes(result)).toEqual([0, 1, 2, 3, 24, 25, 26]);
    expect(result.left).toEqual({ count: 20, before: 4 });
  });

  test("are also limited in size", () => {
    const result = kept(answer(...words), { first: { rows: 100, size: 1500 }, last: { rows: 100, size: 1500 } });
    expect(result.size).toBeLessThan(3000);
    expect(result.left.count).toBe(27 - result.rows.length);
  });

  test("end when all streams together reach the limit, and the rest of the budget is left", () => {
    const budget = { left: 1000 };
    const result = kept(answer(...words), {}, budget);
    expect(budget.left).toBeGreaterThanOrEqual(0);
    expect(budget.left + result.size).toBe(1000);
    expect(result.left.count).toBe(27 - result.rows.length);
  });

  test("are cut if an event is very long, and types are limited in number", () => {
    const long = kept(event({ type: "x".repeat(100), text: "y".repeat(5000) }));
    expect(long.rows[0]?.[5]).toHaveLength(1000);
    expect(long.types[0]?.length).toBeLessThanOrEqual(40);
    const many = Array.from({ length: 30 }, (_, index) => event({ type: `type-${index}` })).join("");
    expect(kept(many).types.length).toBe(21);
  });
});
