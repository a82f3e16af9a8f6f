import { describe, expect, test } from "vitest";
import { findCycles, findUpwardImports, readImports } from "./imports.ts";
import { layers } from "./layers.ts";

const graph = readImports(new URL("../../src/", import.meta.url));

describe("the imports of src", () => {
  test("point to earlier layers only, and every file is in a layer", () => {
    expect(graph.size).toBeGreaterThan(200);
    expect(findUpwardImports(graph, layers)).toEqual([]);
  });

  test("form no circle", () => {
    expect(findCycles(graph)).toEqual([]);
  });

  test("leave no layer without a file", () => {
    const files = [...graph.keys(), ...[...graph.values()].flat()];
    const isUsed = (layer: string) => files.some((file) => file === layer || file.startsWith(`${layer}/`));
    expect(layers.filter((layer) => !isUsed(layer))).toEqual([]);
  });
});

describe("what is refused", () => {
  const order = ["low", "middle", "middle/top"];

  test("an import of a later layer, and a file outside the list", () => {
    const imports = new Map([
      ["low/a.ts", ["middle/b.ts", "low/c.ts"]],
      ["middle/b.ts", ["low/a.ts", "middle/top/d.ts"]],
      ["middle/top/d.ts", ["middle/b.ts"]],
      ["elsewhere/e.ts", []],
      ["low/c.ts", ["elsewhere/e.ts"]],
    ]);
    expect(findUpwardImports(imports, order)).toEqual([
      "low/a.ts imports middle/b.ts",
      "middle/b.ts imports middle/top/d.ts",
      "elsewhere/e.ts is in no layer",
      "low/c.ts imports elsewhere/e.ts",
    ]);
  });

  test("a circle", () => {
    const imports = new Map([
      ["a.ts", ["b.ts"]],
      ["b.ts", ["c.ts"]],
      ["c.ts", ["b.ts", "d.ts"]],
      ["d.ts", []],
    ]);
    expect(findCycles(imports)).toEqual(["b.ts -> c.ts -> b.ts"]);
  });
});
