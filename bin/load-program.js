// Loads the program. Compiling it takes longer than reading a small capture, so the first run keeps V8's code for it in
// the user's cache folder (keep-code.js), and later runs start from that. The cache is only a copy: if it is missing,
// damaged, another user's, or made from other files or another Node.js, it is not used, and V8 compiles.
"use strict";

const { closeSync, constants, fstatSync, openSync, readFileSync, readSync } = require("node:fs");
const { isAbsolute, join } = require("node:path");
const { Script } = require("node:vm");

const FOLDER = join(__dirname, "../dist");
const PROGRAM = "ssescope.cjs";

/** Any value switches the cache off; the second variable is Node.js's own. */
const OFF = ["SSESCOPE_NO_CODE_CACHE", "NODE_DISABLE_COMPILE_CACHE"];

/** Each command loads different parts of the program, so each has its own code. */
const COMMANDS = ["check", "show", "tap", "diff", "stats", "replay", "rules", "completions", "man", "help"];

/** Runs with these options load other parts than the command itself. */
const HELP = ["-h", "--help", "-V", "--version"];

/** Size of the hash at the end of a file (rolldown.config.js): npm gives all files of all versions the same time. */
const HASH_BYTES = 64;

const PIECE_BYTES = 64 * 1024;

/** More than the program or its code, each by itself. Untouched memory costs nothing. */
const MEMORY_BYTES = 2 * 1024 * 1024;

/** Others must not be able to write the file. */
const MODE_OF_OTHERS = 0o022;

/**
 * A script whose code is kept: its name, a text that identifies its version, and its code.
 * @typedef {{ readonly name: string, readonly identity: string, readonly code: Buffer }} Part
 *
 * The same script in the package.
 * @typedef {{ readonly path: string, readonly source: string, readonly identity: string }} Text
 *
 * Where code is kept, and a key of everything that it depends on.
 * @typedef {{ readonly folder: string, readonly name: string, readonly key: string }} Place
 */

/** This user's cache folder; null if there is none. */
function cacheFolder() {
  const { HOME: home, LOCALAPPDATA: local, XDG_CACHE_HOME: xdg } = process.env;
  if (process.platform === "win32") return local && isAbsolute(local) ? local : null;
  // The standard ignores paths that are not absolute. https://specifications.freedesktop.org/basedir-spec/latest/
  if (process.platform !== "darwin" && xdg && isAbsolute(xdg)) return xdg;
  if (!home || !isAbsolute(home)) return null;
  return join(home, process.platform === "darwin" ? "Library/Caches" : ".cache");
}

/**
 * Null if no code may be kept.
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
 * Makes file names distinct; the file contains the whole key. FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
 * @param {string} text
 */
function shortHash(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * A script of the program. It is read into `memory` if that is large enough: touching new memory costs more than reading.
 * @param {string} name
 * @param {Buffer} [memory]
 * @returns {Text}
 */
function readScript(name, memory) {
  const path = join(FOLDER, name);
  const descriptor = openSync(path, "r");
  try {
    const { ctimeMs, mtimeMs, size } = fstatSync(descriptor);
    const bytes = memory !== undefined && size <= memory.length ? memory : Buffer.allocUnsafeSlow(size);
    const length = readSync(descriptor, bytes, 0, size, 0);
    // The build makes it pure ASCII.
    const source = length === size ? bytes.toString("latin1", 0, size) : readFileSync(path, "latin1");
    return { path, source, identity: `${source.length} ${mtimeMs} ${ctimeMs} ${source.slice(-HASH_BYTES)}` };
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The kept code of the scripts with such names; empty if it cannot be used. The code is read into the given memory, if it
 * fits, and stays there.
 * @param {Place} place
 * @param {(name: string) => boolean} isWanted
 * @param {Buffer} [memory]
 * @returns {readonly Part[]}
 */
function readParts({ folder, name, key }, isWanted, memory = Buffer.alloc(0)) {
  try {
    // Do not wait for a named pipe in the file's place.
    const descriptor = openSync(join(folder, name), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const half = halfOf(descriptor);
      const length = readTwice(descriptor, half, 0, Buffer.allocUnsafeSlow(4)).readUInt32LE(0);
      if (length > half) return [];
      const head = JSON.parse(readTwice(descriptor, half, 4, Buffer.allocUnsafeSlow(length)).toString());
      if (head.key !== key) return [];
      const parts = [];
      let end = 4 + length;
      let used = 0;
      for (const { name, identity, length } of head.parts) {
        const start = aligned(end);
        end = start + length;
        if (!isWanted(name)) continue;
        const fits = used + length <= memory.length;
        const room = fits ? memory.subarray(used, used + length) : Buffer.allocUnsafeSlow(length);
        if (fits) used = aligned(used + length);
        parts.push({ name, identity, code: readTwice(descriptor, half, start, room) });
      }
      return parts;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return [];
  }
}

/**
 * The next place where code may begin: V8 copies code that does not begin at a multiple of this.
 * `AlignedCachedData` in https://github.com/nodejs/node/blob/v20.x/deps/v8/src/snapshot/code-serializer.cc
 * @param {number} place
 */
function aligned(place) {
  return Math.ceil(place / 8) * 8;
}

/**
 * The size of one half of a file that holds everything twice. Throws if it is not a file that only this user can write.
 * @param {number} descriptor
 */
function halfOf(descriptor) {
  const { mode, size, uid } = fstatSync(descriptor);
  const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & MODE_OF_OTHERS) === 0);
  if (!isOwn || size === 0) throw new Error("it is not this user's");
  return size / 2;
}

/**
 * Fills `bytes` from a place in a file of two halves. Throws if the halves differ: V8 does not detect damage, and comparing
 * takes a fraction of the time that loading a checksum module takes.
 * @param {number} descriptor
 * @param {number} half
 * @param {number} place
 * @param {Buffer} bytes
 */
function readTwice(descriptor, half, place, bytes) {
  const { length } = bytes;
  let read = readSync(descriptor, bytes, 0, length, place);
  const piece = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, length));
  for (let at = 0; at < length; at += PIECE_BYTES) {
    const size = readSync(descriptor, piece, 0, Math.min(PIECE_BYTES, length - at), half + place + at);
    if (bytes.compare(piece, 0, size, at, Math.min(at + PIECE_BYTES, length)) !== 0) read = 0;
  }
  if (read !== length) throw new Error("it is damaged");
  return bytes;
}

/**
 * Loads the program. Returns its exports and `keepCode`, which keeps the code loaded by then for the next run.
 * @param {readonly string[]} argv
 */
function loadProgram(argv) {
  const place = placeOf(argv);
  const memory = Buffer.allocUnsafeSlow(MEMORY_BYTES);
  const text = readScript(PROGRAM, memory);
  /** @type {Map<string, { readonly exports: any, readonly identity: string, readonly script: import("node:vm").Script }>} */
  const loaded = new Map();
  let isNews = false;

  /**
   * @param {string} name
   * @param {Text} text
   * @param {Buffer} [memory]
   * @returns {any}
   */
  function load(name, { path, source, identity }, memory) {
    const part = place === null ? undefined : readParts(place, (each) => each === name, memory).at(0);
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
    if (!id.startsWith("./")) return require(id);
    const name = id.slice(2);
    // The start file's exports for the other files, most of which are never loaded.
    if (name === PROGRAM) return loaded.get(name)?.exports.forOthers({});
    return loaded.get(name)?.exports ?? load(name, readScript(name));
  }

  function keepCode() {
    if (place === null || !isNews || HELP.some((option) => argv.includes(option))) return;
    require("./keep-code.js").keepCode(place, () => {
      const others = readParts(place, (name) => !loaded.has(name));
      return [
        ...others,
        ...[...loaded].map(([name, { identity, script }]) => ({ name, identity, code: script.createCachedData() })),
      ];
    });
  }

  return { program: load(PROGRAM, text, memory), keepCode };
}

module.exports = { COMMANDS, aligned, loadProgram };
