// The import graph of a folder of TypeScript files, types included.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";

/** A statement or a call that imports a relative path. */
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"(?<path>\.{1,2}\/[^"]+)"/g;

/** Paths below a folder, each with the paths that it imports; both relative to the folder. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Reads the imports of all TypeScript files below `folder`. */
export function readImports(folder: URL): ImportGraph {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.tsx?$/.test(file))
    .sort();
  return new Map(files.map((file) => [file, importsIn(file, readFileSync(new URL(file, folder), "utf8"))]));
}

function importsIn(file: string, code: string): string[] {
  return [...code.matchAll(IMPORT)].map(({ groups }) => join(dirname(file), groups?.path ?? ""));
}

/** The imports that point to a later layer, and the files that no layer has: `report/x.ts imports views/y.ts`. */
export function findUpwardImports(graph: ImportGraph, layers: readonly string[]): string[] {
  return [...graph].flatMap(([file, imports]) => {
    const layer = layerOf(file, layers);
    if (layer === null) return [`${file} is in no layer`];
    return imports
      .filter((path) => !path.startsWith("..") && (layerOf(path, layers) ?? Infinity) > layer)
      .map((path) => `${file} imports ${path}`);
  });
}

/** The position of the longest path that is the file or holds it; null if none does. */
function layerOf(file: string, layers: readonly string[]): number | null {
  const fitting = layers.filter((layer) => file === layer || file.startsWith(`${layer}/`));
  const [longest] = fitting.sort((one, other) => other.length - one.length);
  return longest === undefined ? null : layers.indexOf(longest);
}

/** Circles of imports, each as `a.ts -> b.ts -> a.ts`. */
export function findCycles(graph: ImportGraph): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const cycles: string[] = [];

  function visit(file: string): void {
    const start = path.indexOf(file);
    if (start >= 0) cycles.push([...path.slice(start), file].join(" -> "));
    if (start >= 0 || done.has(file)) return;
    path.push(file);
    for (const imported of graph.get(file) ?? []) visit(imported);
    path.pop();
    done.add(file);
  }

  for (const file of graph.keys()) visit(file);
  return cycles;
}
