// Compiles module/recognise.ts to WebAssembly and exports its bytes: to rolldown when the program is built, and to
// vitest, which runs the sources.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The import name of the compiled module; `module.d.ts` declares its contents. */
const NAME = "ssescope:recognise";
const RESOLVED = `\0${NAME}`;

const SOURCE = new URL("module/recognise.ts", import.meta.url);

/** The cache for the compiled module: compiling takes longer than the rest of a build. */
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/ssescope/", import.meta.url));

/**
 * A specifier that TypeScript does not resolve: the types there declare AssemblyScript's globals everywhere.
 * @type {string}
 */
const COMPILER = "assemblyscript/asc";

/** https://www.assemblyscript.org/compiler.html: no runtime, because nothing is allocated. */
const OPTIONS = ["--runtime", "stub", "--noAssert", "--enable", "simd", "--initialMemory", "10"];

/** The source of the module. */
export function readModule() {
  return readFileSync(SOURCE, "utf8");
}

/**
 * Compiles a module. Throws with the compiler's messages.
 * @param {string} source
 * @param {readonly string[]} options
 * @returns {Promise<Uint8Array>}
 */
export async function compileModule(source, options = []) {
  // Loaded here because it is large.
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

/** The optimized module, from the cache if possible. */
async function optimisedModule() {
  const source = readModule();
  const ownText = readFileSync(new URL(import.meta.url), "utf8");
  const path = `${CACHE}${createHash("sha256").update(source).update(ownText).digest("hex")}.wasm`;
  if (!existsSync(path)) {
    mkdirSync(CACHE, { recursive: true });
    // Written under another name first: another process must not see a partial file.
    const written = `${path}.${randomUUID()}`;
    writeFileSync(written, await compileModule(source, ["-O3"]));
    renameSync(written, path);
  }
  return readFileSync(path);
}

/**
 * A plugin for rolldown and vite.
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
