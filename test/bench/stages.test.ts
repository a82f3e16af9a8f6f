import { describe, expect, it } from "vitest";
import { type Profile, stagesOf } from "./stages.ts";

/** A bundle of two lines, the first from one file, the second from another. */
const map = {
  file: "bundle.js",
  version: 3,
  sources: ["../../../src/framing/lines.ts", "../../../src/payload.ts"],
  sourcesContent: [],
  names: [],
  // One segment per line: generated column 0, source 0 and then the next one, line 0, column 0.
  mappings: "AAAA;ACAA",
  sourceRoot: "",
};

function node(id: number, functionName: string, url: string, lineNumber = 0): Profile["nodes"][number] {
  return { id, callFrame: { functionName, url, lineNumber, columnNumber: 0 } };
}

const nodes = [
  node(1, "nextLine", "file:///dist/bundle.js", 0),
  node(2, "parsePayload", "file:///dist/bundle.js", 1),
  node(3, "(garbage collector)", ""),
  node(4, "(idle)", ""),
  node(5, "readSync", "node:fs"),
  node(6, "main", "file:///bin/program.js"),
];

describe("stagesOf", () => {
  const { stages, functions } = stagesOf(
    {
      nodes,
      samples: [1, 2, 2, 3, 4, 5, 6],
      timeDeltas: [1000, 2000, 3000, 500, 9000, 250, 125],
    },
    new Map([["bundle.js", map]]),
  );

  it("sums self time by folder of src, largest first, without idle time", () => {
    expect(stages).toEqual([
      { name: "payload", ms: 5 },
      { name: "framing", ms: 1 },
      { name: "garbage collection", ms: 0.5 },
      { name: "Node.js, its own modules", ms: 0.25 },
      { name: "elsewhere", ms: 0.125 },
    ]);
  });

  it("names functions with their source position", () => {
    expect(functions.map(({ name }) => name)).toEqual([
      "parsePayload  src/payload.ts:1",
      "nextLine  src/framing/lines.ts:1",
      "(garbage collector)",
      "readSync  node:fs",
      "main  program.js",
    ]);
  });
});
