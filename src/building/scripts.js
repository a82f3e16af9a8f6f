// Turns the bundler's output into the files that `bin/load-program.js` loads.
import { createHash } from "node:crypto";
import { DEFERRED_FILES } from "./deferred-modules.js";

/** Modules of Node.js that take a millisecond or more to load and that an ordinary run does not need. */
const LOADED_WITH_USE = [
  "node:child_process",
  "node:crypto",
  "node:fs/promises",
  "node:stream",
  "node:stream/consumers",
  "node:url",
  "node:v8",
  "node:worker_threads",
  "node:zlib",
];

/**
 * Loads such modules, and the start file's deferred ones, at their first use. The bundler declares each at the top of a
 * file, under one name.
 * @param {string} code
 * @param {boolean} isStart
 */
export function deferred(code, isStart) {
  const modules = isStart ? [...LOADED_WITH_USE, ...DEFERRED_FILES.map((name) => `./${name}.cjs`)] : LOADED_WITH_USE;
  return modules.reduce((text, module) => {
    const file = /^\.\/(.*)\.cjs$/.exec(module)?.[1];
    const name = (file === undefined ? module : `require_${file}`).replace(/\W/g, "_");
    const declaration = new RegExp(String.raw`(?<=\b(?:let|const|var) )${name} = (require\("${module}"\));`);
    const uses = text.replace(declaration, "");
    // A module used as a whole, for example through a default import, is loaded as before.
    if (uses === text || new RegExp(String.raw`\b${name}\b(?!\.)`).test(uses)) return text;
    const used = text
      .replace(new RegExp(String.raw`\bnew ${name}\.`, "g"), `new (${name}()).`)
      .replace(new RegExp(String.raw`\b${name}\.`, "g"), `${name}().`);
    return used.replace(declaration, `${name} = () => $1;`);
  }, code);
}

/** The first file that is loaded. */
const START = "ssescope";

/**
 * Copies the members that a file uses of other files into constants, because it calls them often and the bundler looks them
 * up at each use. For files that are complete when this one is loaded.
 * @param {string} code
 */
export function withConstants(code) {
  return [START, ...DEFERRED_FILES].reduce((text, file) => {
    const name = `require_${file.replace(/\W/g, "_")}`;
    const declaration = `const ${name} = require("./${file}.cjs");\n`;
    if (!text.includes(declaration)) return text;
    const use = new RegExp(String.raw`\b${name}\.([\w$]+)`, "g");
    const used = new Set([...text.matchAll(use)].map(([, key = ""]) => key));
    const constants = [...used].map((key) => `const ${name}$${key} = ${name}.${key};\n`).join("");
    return text.replace(use, `${name}$$$1`).replace(declaration, () => declaration + constants);
  }, code);
}

/**
 * Exports from the start file to other files only on demand (`bin/load-program.js`): most runs load no other file.
 * @param {string} code
 * @param {readonly string[]} own Exports of the program itself.
 */
export function withExportsOnDemand(code, own) {
  const isOwn = (/** @type {string} */ statement) => own.some((name) => statement.startsWith(`exports.${name} =`));
  const statement = /^(?:exports\.[\w$]+ = .*;|Object\.defineProperty\(exports, "[^]*?^\}\);)$/gm;
  const others = [...code.matchAll(statement)].map(([found]) => found).filter((found) => !isOwn(found));
  const rest = code.replace(statement, (found) => (isOwn(found) ? found : ""));
  return `${rest}\nexports.forOthers = (exports) => {\n${others.join("\n")}\nreturn exports;\n};\n`;
}

/** The bundler's own functions, which all files share. */
export const RUNTIME = "rolldown-runtime.cjs";

/**
 * The entry with those functions inlined, which saves loading a file.
 * @param {string} code
 * @param {string} runtime
 */
export function withRuntime(code, runtime) {
  const own = `(() => { const exports = {}; ${runtime}; return exports; })()`;
  return code.replace(new RegExp(String.raw`require\(["\x60]\./${RUNTIME}["\x60]\)`), () => own);
}

/**
 * A CommonJS module that is also a script: run as a script, where there is no `module`, it returns the function that
 * `require` would make of it. It is ASCII, which is read fastest, and ends with a hash of its code.
 * @param {string} code
 */
export function wrapped(code) {
  const ascii = code.replace(/[^\0-\x7f]/g, asEscape);
  const whole = `((run) => typeof module === "object" ? (run(${PARAMETERS}), exports.forOthers?.(exports)) : run)((function (${PARAMETERS}) { ${ascii}\n}))\n`;
  return `${whole}//${createHash("sha256").update(whole).digest("hex")}`;
}

const PARAMETERS = "exports, require, module, __filename, __dirname";

/** @param {string} codeUnit */
function asEscape(codeUnit) {
  return String.raw`\u${codeUnit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
