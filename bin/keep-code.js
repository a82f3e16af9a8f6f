// Writes the code that load-program.js reads. A failure here does not affect the run: then no code is kept.
"use strict";

const { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { aligned } = require("./load-program.js");

/** Readable by this user only. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Files left by other versions of Node.js or the program are removed after this time. */
const OLD_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Keeps the result of `makeParts`, which is called only if it can be written. The file appears under its name once it is
 * complete, so processes that start at the same time see the previous file, this one or the next.
 * @param {import("./load-program.js").Place} place
 * @param {() => readonly import("./load-program.js").Part[]} makeParts
 */
function keepCode({ folder, name, key }, makeParts) {
  try {
    makeOwnFolder(folder);
    removeOld(folder);
    const temporary = join(folder, `${name}.${process.pid}`);
    // No other live process uses this name; a file left by an earlier one must not be written into, as it may be open.
    rmSync(temporary, { force: true });
    const descriptor = openSync(temporary, "wx", FILE_MODE);
    try {
      const half = encode(key, makeParts());
      writeAll(descriptor, half);
      writeAll(descriptor, half);
      closeSync(descriptor);
      renameSync(temporary, join(folder, name));
    } catch {
      rmSync(temporary, { force: true });
    }
  } catch {
    // The home folder is read-only, full, or belongs to another user.
  }
}

/**
 * Throws if the folder is, or would be, another user's: with `sudo`, the home folder is that of the original user.
 * @param {string} folder
 */
function makeOwnFolder(folder) {
  const missing = [];
  let nearest = folder;
  while (statSync(nearest, { throwIfNoEntry: false }) === undefined) {
    missing.unshift(nearest);
    nearest = dirname(nearest);
  }
  if (process.getuid !== undefined && statSync(nearest).uid !== process.getuid())
    throw new Error(`${nearest} is not ours`);
  // One by one: if asked to make all of them, Node.js never returns when one cannot be made, as in /proc.
  for (const each of missing) makeFolder(each);
}

/**
 * Makes a folder, unless another process made it in the meantime.
 * @param {string} folder
 */
function makeFolder(folder) {
  try {
    mkdirSync(folder, FOLDER_MODE);
  } catch (error) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** @param {string} folder */
function removeOld(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const mtimeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (/\.code(?:\.\d+)?$/.test(name) && mtimeMs < Date.now() - OLD_MS) rmSync(path, { force: true });
  }
}

/**
 * @param {string} key
 * @param {readonly import("./load-program.js").Part[]} parts
 */
function encode(key, parts) {
  const list = parts.map(({ name, identity, code }) => ({ name, identity, length: code.length }));
  const head = Buffer.from(JSON.stringify({ key, parts: list }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  /** @type {Buffer[]} */
  const pieces = [length, head];
  let end = length.length + head.length;
  for (const { code } of parts) {
    const start = aligned(end);
    pieces.push(Buffer.alloc(start - end), code);
    end = start + code.length;
  }
  return Buffer.concat(pieces);
}

/**
 * @param {number} descriptor
 * @param {Buffer} bytes
 */
function writeAll(descriptor, bytes) {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

module.exports = { keepCode };
