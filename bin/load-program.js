// Loads the program. Compiling it takes longer than reading a small capture, so V8's code for it is kept in the user's cache
// folder by the first run (keep-code.js), and the next ones start from that. It is only ever a copy: what is missing, not the
// user's own, damaged, or of anything but these files and this Node.js is not used, and V8 compiles.
"use strict";

const { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } = require("node:fs");
const { isAbsolute, join } = require("node:path");
const { Script } = require("node:vm");

const FOLDER = join(__dirname, "../dist");
const PROGRAM = "ssescope.cjs";

/** Switches it off if it has any value; the second one is Node.js's own. */
const OFF = ["SSESCOPE_NO_CODE_CACHE", "NODE_DISABLE_COMPILE_CACHE"];

/** What the program reads and prints differs by command: each has code of its own. */
const COMMANDS = ["check", "show", "tap", "diff", "replay", "rules", "completions", "man", "help"];

/** What runs with these load is not what others do. */
const HELP = ["-h", "--help", "-V", "--version"];

/** Bytes of a file's end that hold its hash (rolldown.config.js): npm gives all files of all versions one time. */
const HASH_BYTES = 64;

const PIECE_BYTES = 64 * 1024;

/** Others may not write it. */
const MODE_OF_OTHERS = 0o022;

/**
 * A script whose code is kept: its file, what tells that one from another one, and its code.
 * @typedef {{ readonly name: string, readonly identity: string, readonly code: Buffer }} Part
 *
 * Where code is kept, and what all of it depends on.
 * @typedef {{ readonly folder: string, readonly name: string, readonly key: string }} Place
 */

/** The folder for what can be made again, of this user; null if there is none. */
function cacheFolder() {
  const { HOME: home, LOCALAPPDATA: local, XDG_CACHE_HOME: xdg } = process.env;
  if (process.platform === "win32") return local && isAbsolute(local) ? local : null;
  // The standard: what is not absolute is ignored. https://specifications.freedesktop.org/basedir-spec/latest/
  if (process.platform !== "darwin" && xdg && isAbsolute(xdg)) return xdg;
  if (!home || !isAbsolute(home)) return null;
  return join(home, process.platform === "darwin" ? "Library/Caches" : ".cache");
}

/**
 * Null where no code is to be kept.
 * @param {readonly string[]} argv
 * @returns {Place | null}
 */
function placeOf(argv) {
  if (OFF.some((name) => process.env[name])) return null;
  const caches = cacheFolder();
  if (caches === null) return null;
  const { arch, execArgv, platform, version, versions } = process;
  const key = JSON.stringify([FOLDER, platform, arch, version, versions.v8, execArgv, process.env.NODE_OPTIONS ?? ""]);
  const command = COMMANDS.find((name) => argv.includes(name)) ?? "inspect";
  return { folder: join(caches, "ssescope"), name: `${command}-${version}-${shortHash(key)}.code`, key };
}

/**
 * Keeps names apart; the whole key is in the file. FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
 * @param {string} text
 */
function shortHash(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * What was kept; nothing where that cannot be used.
 * @param {Place} place
 * @returns {readonly Part[]}
 */
function readParts({ folder, name, key }) {
  try {
    const bytes = readOwnFile(join(folder, name));
    const headEnd = 4 + bytes.readUInt32LE(0);
    const head = JSON.parse(bytes.toString("utf8", 4, headEnd));
    if (head.key !== key) return [];
    let end = headEnd;
    return head.parts.map((/** @type {{ name: string, identity: string, length: number }} */ part) => {
      const code = bytes.subarray(end, (end += part.length));
      return { name: part.name, identity: part.identity, code };
    });
  } catch {
    return [];
  }
}

/**
 * One half of a file, which holds everything twice: V8 does not notice damage, and to compare takes a fraction of what it
 * takes to load what computes a checksum. Throws where the halves differ, or it is not a file of this user alone.
 * @param {string} path
 */
function readOwnFile(path) {
  const descriptor = openSync(path, "r");
  try {
    const { mode, size, uid } = fstatSync(descriptor);
    const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & MODE_OF_OTHERS) === 0);
    const half = size / 2;
    if (!isOwn || half === 0) throw new Error(`${path} is not this user's`);
    const bytes = Buffer.allocUnsafeSlow(half);
    let length = readSync(descriptor, bytes, 0, half, 0);
    // Memory that is touched for the first time costs more than the reading: a little is used again and again.
    const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
    for (let at = 0; at < half; at += PIECE_BYTES) {
      const read = readSync(descriptor, piece, 0, PIECE_BYTES, half + at);
      if (bytes.compare(piece, 0, read, at, Math.min(at + PIECE_BYTES, half)) !== 0) length = 0;
    }
    if (length !== half) throw new Error(`${path} is damaged`);
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Loads the program: what it exports, and `keepCode`, which keeps the code of all that was loaded by then for the next run.
 * @param {readonly string[]} argv
 */
function loadProgram(argv) {
  const place = placeOf(argv);
  const parts = new Map((place === null ? [] : readParts(place)).map((part) => [part.name, part]));
  /** @type {Map<string, { readonly exports: any, readonly identity: string, readonly script: import("node:vm").Script }>} */
  const loaded = new Map();
  let isNews = false;

  /** @param {string} name */
  function load(name) {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const path = join(FOLDER, name);
    // The build leaves nothing but ASCII in it.
    const source = readFileSync(path, "latin1");
    const { ctimeMs, mtimeMs } = statSync(path);
    const identity = `${source.length} ${mtimeMs} ${ctimeMs} ${source.slice(-HASH_BYTES)}`;
    const part = parts.get(name);
    const cachedData = part?.identity === identity ? part.code : undefined;
    const script = new Script(source, { filename: path, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) isNews = true;
    const module = { exports: {} };
    loaded.set(name, { exports: module.exports, identity, script });
    script.runInThisContext()(module.exports, requireFrom, module, path, FOLDER);
    return module.exports;
  }

  /** @param {string} id */
  function requireFrom(id) {
    return id.startsWith("./") ? load(id.slice(2)) : require(id);
  }

  function keepCode() {
    if (place === null || !isNews || HELP.some((option) => argv.includes(option))) return;
    require("./keep-code.js").keepCode(place, () => {
      for (const [name, { identity, script }] of loaded) {
        parts.set(name, { name, identity, code: script.createCachedData() });
      }
      return [...parts.values()];
    });
  }

  return { program: load(PROGRAM), keepCode };
}

module.exports = { COMMANDS, loadProgram };
