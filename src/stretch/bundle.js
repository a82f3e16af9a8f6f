// Compiles module/recognise.ts to WebAssembly and gives its bytes to whoever imports them: to rolldown when the program is
// built, and to vitest, which runs the sources.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What the recogniser imports; `module.d.ts` says what is in it. */
const NAME = "ssescope:recognise";
const RESOLVED = `\0${NAME}`;

const SOURCE = new URL("module/recognise.ts", import.meta.url);

/** Where what was compiled is kept: the compiler takes longer than the rest of a build. */
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/ssescope/", import.meta.url));

/**
 * A name that TypeScript does not follow: the types there declare AssemblyScript's globals everywhere.
 * @type {string}
 */
const COMPILER = "assemblyscript/asc";

/** https://www.assemblyscript.org/compiler.html: no runtime, for nothing is allocated. */
const OPTIONS = ["--runtime", "stub", "--noAssert", "--enable", "simd", "--initialMemory", "10"];

/** The source of the module. */
export function readModule() {
  return readFileSync(SOURCE, "utf8");
}

/**
 * Compiles a module. Throws what the compiler has to say.
 * @param {string} source
 * @param {readonly string[]} options
 * @returns {Promise<Uint8Array>}
 */
export async function compileModule(source, options = []) {
  // Loaded here, for it is large.
  const { default: compiler } = await import(COMPILER);
  /** @type {Uint8Array[]} */
  const written = [];
  const { error, stderr } = await compiler.main(
    ["recognise.ts", "--outFile", "recognise.wasm", ...OPTIONS, ...options],
    {
      readFile: (/** @type {string} */ name) => (name === "recognise.ts" ? source : null),
      writeFile: (/** @type {string} */ _name, /** @type {Uint8Array} */ contents) => written.push(contents),
    },
  );
  const [bytes] = written;
  if (bytes === undefined) throw new Error(`recognise.ts does not compile:\n${stderr}`, { cause: error });
  return bytes;
}

/** The module, fast, from the cache if it is there. */
async function optimisedModule() {
  const source = readModule();
  const ownText = readFileSync(new URL(import.meta.url), "utf8");
  const path = `${CACHE}${createHash("sha256").update(source).update(ownText).digest("hex")}.wasm`;
  if (!existsSync(path)) {
    mkdirSync(CACHE, { recursive: true });
    // Whole or not at all: another process may look for it.
    const written = `${path}.${randomUUID()}`;
    writeFileSync(written, await compileModule(source, ["-O3"]));
    renameSync(written, path);
  }
  return readFileSync(path);
}

/**
 * A plugin of rolldown, and of vite.
 * @returns {{ name: string, resolveId(id: string): string | null, load(id: string): Promise<string | null> }}
 */
export function stretchModule() {
  return {
    name: "stretch-module",
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      return `export const base64 = "${(await optimisedModule()).toString("base64")}";\n`;
    },
  };
}
