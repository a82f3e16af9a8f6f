// Writes the importable files of `dist` besides the scripts: ES modules, entries for test runners, and types.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compileDeclarations, declarationsOf } from "./declarations.js";

const LIBRARY = "library/library.ts";
const MATCHERS = "library/matchers.ts";

/** By file: the entries that a test runner imports to add the matchers. */
const RUNNERS = {
  "vitest.mjs": `import { expect } from "vitest";\nimport { matchers } from "./matchers.mjs";\n\nexpect.extend(matchers);\n`,
  "vitest.d.mts": `import "vitest";
import type { SsescopeMatchers } from "./matchers.mjs";

declare module "vitest" {
  interface Assertion<T = any> extends SsescopeMatchers {}
}
`,
  "jest.mjs": `import { matchers } from "./matchers.mjs";\n\n${extendGlobal()}`,
  "jest.cjs": `"use strict";\nconst { matchers } = require("./matchers.cjs");\n\n${extendGlobal()}`,
  "jest.d.mts": jestTypes("mjs"),
  "jest.d.cts": jestTypes("cjs"),
};

function extendGlobal() {
  return `if (globalThis.expect === undefined) {
  throw new Error("ssescope/jest needs Jest's global expect; without it: expect.extend(matchers), from ssescope/matchers");
}
globalThis.expect.extend(matchers);
`;
}

/** @param {string} extension */
function jestTypes(extension) {
  return `import type { SsescopeMatchers } from "./matchers.${extension}";

declare global {
  namespace jest {
    interface Matchers<R, T = {}> extends SsescopeMatchers {}
  }
}
`;
}

/**
 * Writes them to `folder`, which already contains the scripts.
 * @param {string} folder
 */
export function writeLibrary(folder) {
  const require = createRequire(import.meta.url);
  for (const name of ["library", "matchers"]) {
    const names = Object.keys(require(join(folder, `${name}.cjs`))).sort();
    const code = `import module from "./${name}.cjs";\n\nexport const { ${names.join(", ")} } = module;\n`;
    writeFileSync(join(folder, `${name}.mjs`), code);
  }
  compileDeclarations();
  for (const extension of ["mjs", "cjs"]) {
    const types = extension.replace("js", "ts");
    writeFileSync(join(folder, `library.d.${types}`), declarationsOf(LIBRARY));
    const shared = { entry: LIBRARY, path: `./library.${extension}` };
    writeFileSync(join(folder, `matchers.d.${types}`), declarationsOf(MATCHERS, shared));
  }
  for (const [file, text] of Object.entries(RUNNERS)) writeFileSync(join(folder, file), text);
}
