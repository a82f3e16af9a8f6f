// Decides which modules of the program go into files of their own, although other modules import them as usual: these
// files are loaded at the first use of their exports (`deferred` in scripts.js). Loading these modules has no side
// effects, so the behaviour does not change.
import { resolve } from "node:path";

/** The dialects are tried in turn on a stream: most streams never get beyond the first few. */
const DIALECTS = resolve("src/dialects/index.ts");

/** Most inputs are bare streams, which are recognised without asking the framings. */
const FRAMINGS = resolve("src/framing/index.ts");

/** The first of the list, which every stream needs; it is in the start file. */
const FIRST = "openai-responses";

/** Dialects with a file each; all others share one. */
const USUAL = ["openai-chat", "anthropic"];

const OTHERS = "dialects";

const ALL_FRAMINGS = "framings";

/** The files, without their extension. */
export const DEFERRED_FILES = [...USUAL, OTHERS, ALL_FRAMINGS];

/** @typedef {(id: string) => { readonly importedIds: readonly string[] } | null} ModuleInfo */

/** @type {Map<string, string> | null} */
let files = null;

/**
 * The file that a module is in; null if it is not deferred.
 * @param {string} id
 * @param {{ getModuleInfo: ModuleInfo }} graph
 * @returns {string | null}
 */
export function deferredFileOf(id, graph) {
  files ??= assignFiles((of) => graph.getModuleInfo(of));
  return files.get(id) ?? null;
}

/**
 * @param {ModuleInfo} getModuleInfo
 */
function assignFiles(getModuleInfo) {
  /** @type {Map<string, string>} */
  const assigned = new Map();
  const ofRegistry = getModuleInfo(DIALECTS)?.importedIds ?? [];
  const taken = reached([resolve("src/process/start.ts"), moduleOf(FIRST)], new Set([FRAMINGS]), getModuleInfo);
  const tiers = [
    ...USUAL.map((name) => ({ file: name, roots: [moduleOf(name)] })),
    { file: OTHERS, roots: ofRegistry },
    { file: ALL_FRAMINGS, roots: [FRAMINGS] },
  ];
  for (const { file, roots } of tiers) {
    for (const id of reached(roots, taken, getModuleInfo)) {
      assigned.set(id, file);
      taken.add(id);
    }
  }
  return assigned;
}

/** @param {string} dialect */
function moduleOf(dialect) {
  return resolve(`src/dialects/${dialect}/${dialect}.ts`);
}

/**
 * The roots and all modules that they import, without those that the registry imports.
 * @param {readonly string[]} roots
 * @param {ReadonlySet<string>} without
 * @param {ModuleInfo} getModuleInfo
 */
function reached(roots, without, getModuleInfo) {
  /** @type {Set<string>} */
  const found = new Set();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id) || without.has(id)) continue;
    found.add(id);
    if (id !== DIALECTS) waiting.push(...(getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}
