import { describe, expect, it } from "vitest";
import { seconds, table, times } from "./table.ts";

describe("table", () => {
  it("pads columns: text to the left, numbers to the right", () => {
    expect(
      table([
        ["reader", "s"],
        ["wc", "0.002"],
      ]),
    ).toBe("| reader |     s |\n| ------ | ----: |\n| wc     | 0.002 |\n");
  });
});

describe("numbers", () => {
  it("are written with their spread and meaningful digits", () => {
    expect(seconds({ median: 1.234, least: 1, most: 2 })).toBe("1.23 (1.00–2.00)");
    expect(seconds({ median: 0.0456, least: 0.04, most: 0.05 })).toBe("0.046 (0.040–0.050)");
    expect(times({ median: 15.26, least: 9.5, most: 20 })).toBe("15.3× (9.5–20.0)");
  });
});
