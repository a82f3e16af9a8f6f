// Loads the program. Compiling it takes longer than reading a small capture, so V8's code for it is made when it is built
// (rolldown.config.js); another version of V8 than that takes no notice of it, and compiles.
"use strict";

const { existsSync, readFileSync } = require("node:fs");
const nodeModule = require("node:module");
const { join } = require("node:path");
const vm = require("node:vm");

const PROGRAM = join(__dirname, "../dist/ssescope.cjs");

/** Where V8's code for a script is kept. */
function codePathOf(path) {
  return `${path}.code`;
}

/** Runs a CommonJS script, with V8's code for it where that is given: what it exports, and the script. */
function runScript(path, code) {
  const script = new vm.Script(nodeModule.wrap(readFileSync(path, "utf8")), {
    filename: path,
    cachedData: code,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, nodeModule.createRequire(path), module, path, join(path, ".."));
  return { exports: module.exports, script };
}

/** What the program exports. */
function loadProgram() {
  const codePath = codePathOf(PROGRAM);
  if (existsSync(codePath)) return runScript(PROGRAM, readFileSync(codePath)).exports;
  // Where it was not built here: Node.js 22 and later can keep V8's code themselves.
  nodeModule.enableCompileCache?.();
  return require(PROGRAM);
}

module.exports = { codePathOf, loadProgram, runScript };
