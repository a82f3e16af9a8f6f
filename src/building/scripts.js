// From what the bundler writes to what `bin/load-program.js` loads.
import { createHash } from "node:crypto";

/** Modules of Node.js that take a millisecond or more to load, and that an ordinary run does not need. */
const LOADED_WITH_USE = [
  "node:child_process",
  "node:fs/promises",
  "node:stream",
  "node:stream/consumers",
  "node:url",
  "node:worker_threads",
  "node:zlib",
];

/**
 * Loads such modules with their first use. The bundler declares each at the top of a file, under one name.
 * @param {string} code
 */
export function deferred(code) {
  return LOADED_WITH_USE.reduce((text, module) => {
    const name = module.replace(/\W/g, "_");
    const declaration = new RegExp(String.raw`(?<=\b(?:let|const|var) )${name} = (require\("${module}"\));`);
    const uses = text.replace(declaration, "");
    // A module that is taken as a whole, as by an import of its default export, is loaded as it was.
    if (uses === text || new RegExp(String.raw`\b${name}\b(?!\.)`).test(uses)) return text;
    const used = text
      .replace(new RegExp(String.raw`\bnew ${name}\.`, "g"), `new (${name}()).`)
      .replace(new RegExp(String.raw`\b${name}\.`, "g"), `${name}().`);
    return used.replace(declaration, `${name} = () => $1;`);
  }, code);
}

/** The bundler's own functions, which all files share. */
export const RUNTIME = "rolldown-runtime.cjs";

/**
 * The entry with those functions in it: a file less to load.
 * @param {string} code
 * @param {string} runtime
 */
export function withRuntime(code, runtime) {
  const own = `(() => { const exports = {}; ${runtime}; return exports; })()`;
  return code.replace(new RegExp(String.raw`require\(["\x60]\./${RUNTIME}["\x60]\)`), () => own);
}

/**
 * A module of CommonJS that is also a script: run as one, where there is no `module`, it gives the function that `require`
 * would make of it. ASCII, which is read fastest; and at its end the hash of all that.
 * @param {string} code
 */
export function wrapped(code) {
  const ascii = code.replace(/[^\0-\x7f]/g, asEscape);
  const whole = `((run) => typeof module === "object" ? run(${PARAMETERS}) : run)((function (${PARAMETERS}) { ${ascii}\n}))\n`;
  return `${whole}//${createHash("sha256").update(whole).digest("hex")}`;
}

const PARAMETERS = "exports, require, module, __filename, __dirname";

/** @param {string} codeUnit */
function asEscape(codeUnit) {
  return String.raw`\u${codeUnit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
