// Sums a CPU profile by folder and function, with the help of the bundle's source maps.
import { SourceMap, type SourceMapPayload } from "node:module";
import path from "node:path";

/** The part of V8's profile format that is used here. */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      /** From 0. */
      readonly lineNumber: number;
      readonly columnNumber: number;
    };
  }[];
  /** Ids of the nodes that ran. */
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

export interface Share {
  readonly name: string;
  readonly ms: number;
}

export interface Stages {
  /** Folders of src, and time outside the program; largest first. */
  readonly stages: readonly Share[];
  readonly functions: readonly Share[];
}

const WAITING = "(idle)";

/** V8's names for time outside functions. */
const NOT_IN_FUNCTIONS: Readonly<Record<string, string>> = {
  "(garbage collector)": "garbage collection",
  "(program)": "Node.js and V8, native",
  "(root)": "Node.js and V8, native",
};

/** Self time by stage and by function. `maps`: the source maps of the bundle's files, by file name. */
export function stagesOf(profile: Profile, maps: ReadonlyMap<string, SourceMapPayload>): Stages {
  const sourceMaps = new Map([...maps].map(([name, payload]) => [name, new SourceMap(payload)]));
  const places = new Map(profile.nodes.map(({ id, callFrame }) => [id, placeOf(callFrame, sourceMaps)]));
  const stages = new Map<string, number>();
  const functions = new Map<string, number>();
  for (const [index, id] of profile.samples.entries()) {
    const place = places.get(id);
    if (place === undefined || place.stage === WAITING) continue;
    const ms = (profile.timeDeltas[index] ?? 0) / 1000;
    stages.set(place.stage, (stages.get(place.stage) ?? 0) + ms);
    functions.set(place.name, (functions.get(place.name) ?? 0) + ms);
  }
  return { stages: largestFirst(stages), functions: largestFirst(functions) };
}

interface Place {
  readonly stage: string;
  /** The function and its file. */
  readonly name: string;
}

function placeOf(frame: Profile["nodes"][number]["callFrame"], maps: ReadonlyMap<string, SourceMap>): Place {
  const { functionName, url } = frame;
  if (url === "") {
    const stage = NOT_IN_FUNCTIONS[functionName] ?? (functionName === WAITING ? WAITING : "Node.js and V8, native");
    return { stage, name: functionName };
  }
  const name = functionName === "" ? "(anonymous)" : functionName;
  if (url.startsWith("node:")) return { stage: "Node.js, its own modules", name: `${name}  ${url}` };
  const entry = maps.get(path.basename(url))?.findEntry(frame.lineNumber, frame.columnNumber);
  // Empty for code that the bundler added, such as the top of a file.
  if (entry === undefined || !("originalSource" in entry) || !entry.originalSource) {
    return { stage: "elsewhere", name: `${name}  ${path.basename(url)}` };
  }
  const file = entry.originalSource.replace(/^(?:\.\.\/)+/, "");
  return { stage: stageOf(file), name: `${name}  ${file}:${entry.originalLine + 1}` };
}

/** `src/framing/lines.ts` is framing, `src/payload.ts` payload, `node_modules/commander/lib/command.js` commander. */
function stageOf(file: string): string {
  return /(?:^|\/)(?:src|node_modules)\/(?<stage>[^/]+?)(?:\.ts)?(?:\/|$)/.exec(file)?.groups?.stage ?? file;
}

function largestFirst(shares: ReadonlyMap<string, number>): Share[] {
  return [...shares].map(([name, ms]) => ({ name, ms })).sort((a, b) => b.ms - a.ms);
}
