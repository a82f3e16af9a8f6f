// Loads the program. Compiling it takes longer than reading a small capture, so V8's code for it is made when it is built
// (rolldown.config.js); another version of V8 than that takes no notice of it, and compiles.
"use strict";

const { readFileSync, statSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");
const { Script } = require("node:vm");

const PROGRAM = join(__dirname, "../dist/ssescope.cjs");

/**
 * Where V8's code for a script is kept.
 * @param {string} path
 */
function codePathOf(path) {
  return `${path}.code`;
}

/**
 * V8's code for a script, where it was kept since that was written; else undefined. V8 itself holds no more than their
 * lengths against each other, and trusts the rest.
 * @param {string} path
 */
function readCode(path) {
  const codePath = codePathOf(path);
  const code = statSync(codePath, { throwIfNoEntry: false });
  return code?.isFile() && code.mtimeMs >= statSync(path).mtimeMs ? readFileSync(codePath) : undefined;
}

/**
 * Loads a CommonJS script as `require` does, with V8's code for it where that is given: what it exports, and the script.
 * @param {string} path
 * @param {Buffer} [code]
 */
function loadScript(path, code) {
  const script = new Script(Module.wrap(readFileSync(path, "utf8")), { filename: path, cachedData: code });
  const module = new Module(path);
  module.filename = path;
  // What is loaded later requires it again.
  require.cache[path] = module;
  script.runInThisContext()(module.exports, Module.createRequire(path), module, path, join(path, ".."));
  return { exports: module.exports, script };
}

/** What the program exports. */
function loadProgram() {
  const code = readCode(PROGRAM);
  if (code !== undefined) return loadScript(PROGRAM, code).exports;
  // It was built elsewhere, or changed since: Node.js 22 and later keep V8's code themselves where they are asked to.
  if ("enableCompileCache" in Module && typeof Module.enableCompileCache === "function") Module.enableCompileCache();
  return require(PROGRAM);
}

module.exports = { codePathOf, loadProgram, loadScript };
