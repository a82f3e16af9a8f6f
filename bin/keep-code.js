// Writes the code that load-program.js reads. Nothing that goes wrong here matters to the run: then nothing is kept.
"use strict";

const { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { aligned } = require("./load-program.js");

/** For this user's eyes alone. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** What another version of Node.js or of the program has left is removed after so long. */
const OLD_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Keeps what `makeParts` gives, which is called only if it can be written. The file appears under its name when it is
 * complete, so others who start at the same time see the one before, this one or the one after.
 * @param {import("./load-program.js").Place} place
 * @param {() => readonly import("./load-program.js").Part[]} makeParts
 */
function keepCode({ folder, name, key }, makeParts) {
  try {
    makeOwnFolder(folder);
    removeOld(folder);
    const temporary = join(folder, `${name}.${process.pid}`);
    // No other process has this name; what one before has left must not be written into, whoever may have it open.
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
    // A home that is read-only, full, or somebody else's.
  }
}

/**
 * Throws where it is, or would be, another user's: with `sudo`, a home is not that of the user who would own it.
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
  // One by one: asked for all of them, Node.js never returns where one cannot be made, as in /proc.
  for (const each of missing) makeFolder(each);
}

/**
 * Another process may have made it by now.
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
