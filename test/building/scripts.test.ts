import { compileFunction } from "node:vm";
import { describe, expect, test } from "vitest";
import { deferred, withConstants, withExportsOnDemand, withRuntime, wrapped } from "../../src/building/scripts.js";

describe("modules of Node.js that few runs need", () => {
  test("are loaded at their first use", () => {
    const code =
      'let node_fs_promises = require("node:fs/promises");\n(0, node_fs_promises.stat)(my_node_fs_promises.x);';
    expect(deferred(code, false)).toBe(
      'let node_fs_promises = () => require("node:fs/promises");\n(0, node_fs_promises().stat)(my_node_fs_promises.x);',
    );
  });

  test("are loaded before one of their classes is instantiated", () => {
    const code = 'let node_worker_threads = require("node:worker_threads");\nnew node_worker_threads.Worker(x);';
    expect(deferred(code, false)).toBe(
      'let node_worker_threads = () => require("node:worker_threads");\nnew (node_worker_threads()).Worker(x);',
    );
  });

  test("are loaded at once if they are used as a whole", () => {
    const code =
      'let node_zlib = require("node:zlib");\nnode_zlib = toESM(node_zlib, 1);\nnode_zlib.default.gunzipSync(x);';
    expect(deferred(code, false)).toBe(code);
  });

  test("do not change how others are loaded", () => {
    const code = 'let node_fs = require("node:fs");\n(0, node_fs.statSync)("x");';
    expect(deferred(code, false)).toBe(code);
  });
});

describe("files of the program that few runs need", () => {
  const code = 'const require_dialects = require("./dialects.cjs");\nconst load = () => require_dialects.a;';

  test("are loaded by the start file at their first use", () => {
    expect(deferred(code, true)).toBe(
      'const require_dialects = () => require("./dialects.cjs");\nconst load = () => require_dialects().a;',
    );
  });

  test("are loaded together with the files that use them, which copy the members they need once", () => {
    expect(deferred(code, false)).toBe(code);
    expect(withConstants(code)).toBe(
      'const require_dialects = require("./dialects.cjs");\n' +
        "const require_dialects$a = require_dialects.a;\n" +
        "const load = () => require_dialects$a;",
    );
  });

  test("copy nothing from files that may not be complete yet", () => {
    const ofHelp = 'const require_help = require("./help.cjs");\nconst load = () => require_help.a;';
    expect(withConstants(ofHelp)).toBe(ofHelp);
  });
});

test("the start file exports to other files on demand", () => {
  const code = [
    "const a = 1, b = 2, start = () => a + b;",
    "exports.start = start;",
    "exports.a = a;",
    'Object.defineProperty(exports, "b", {\n  get: function () {\n    return b;\n  }\n});',
  ].join("\n");
  const exports: { start?: () => number; forOthers?: (exports: object) => object } = {};
  // oxlint-disable-next-line no-eval -- the program evaluates scripts the same way
  (0, eval)(wrapped(withExportsOnDemand(code, ["start"])))(exports);
  expect(Object.keys(exports)).toEqual(["start", "forOthers"]);
  expect(exports.start?.()).toBe(3);
  expect(exports.forOthers?.({})).toMatchObject({ a: 1, b: 2 });
});

test("a script is an ASCII function that keeps the values of its texts and expressions", () => {
  const script = wrapped("exports.text = `é🌊`; exports.isMatch = /^[🌊]$/u.test('🌊'); exports.name = module.name;");
  expect(script).toMatch(/^[\0-\x7f]*\/\/[0-9a-f]{64}$/);
  const exports = {};
  // oxlint-disable-next-line no-eval -- the program evaluates scripts the same way
  (0, eval)(script)(exports, null, { name: "module" });
  expect(exports).toEqual({ text: "é🌊", isMatch: true, name: "module" });
});

test("a script can also be required as a module", () => {
  const script = wrapped("exports.name = __filename + require('x') + module.name;");
  const exports = {};
  const parameters = ["exports", "require", "module", "__filename", "__dirname"];
  compileFunction(script, parameters)(exports, (id: string) => id, { name: "module" }, "file", "folder");
  expect(exports).toEqual({ name: "filexmodule" });
});

test("the bundler's own functions are inlined into the entry", () => {
  const entry = "const runtime = require(`./rolldown-runtime.cjs`);";
  expect(withRuntime(entry, "exports.price = '$&';")).toBe(
    "const runtime = (() => { const exports = {}; exports.price = '$&';; return exports; })();",
  );
});
