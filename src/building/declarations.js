// Writes the library's types: from the sources, one file for each entry, with its exports and all they need.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "rolldown/utils";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const WORK = join(ROOT, "node_modules/.cache/ssescope/declarations");

/**
 * A declaration: its text with its comment, and the names of its file that it uses.
 * @typedef {{ readonly text: string, readonly uses: ReadonlySet<string> }} Declaration
 *
 * A file of declarations: its own by name, and the origins of the names that it imports or re-exports.
 * @typedef {{
 *   readonly declarations: ReadonlyMap<string, Declaration>,
 *   readonly imports: ReadonlyMap<string, Origin>,
 *   readonly exports: ReadonlyMap<string, Origin>,
 * }} Module
 *
 * @typedef {{ readonly file: string, readonly name: string }} Origin
 *
 * @typedef {{ readonly type: string, readonly start: number, readonly end: number, readonly [key: string]: any }} Node
 */

/**
 * The types of an entry. `shared`: another entry, whose types are imported from `sharedPath`.
 * @param {string} entry path of its source in src
 * @param {{ readonly entry: string, readonly path: string } | null} shared
 */
export function declarationsOf(entry, shared = null) {
  const read = createReader();
  const sharedExports = shared === null ? new Map() : exportsOf(shared.entry, read);
  const isShared = (/** @type {Origin} */ { file, name }) => sharedExports.get(name)?.file === file;
  const exported = exportsOf(entry, read);
  /** @type {Map<string, { origin: Origin, text: string }>} */
  const taken = new Map();
  /** @type {Set<string>} */
  const imported = new Set();
  const waiting = [...exported.values()];
  for (let origin = waiting.shift(); origin !== undefined; origin = waiting.shift()) {
    const { file, name } = origin;
    const known = taken.get(name);
    if (known !== undefined && known.origin.file !== file) {
      throw new Error(`two types are called ${name}: in ${known.origin.file} and ${file}`);
    }
    if (known !== undefined) continue;
    if (isShared(origin)) {
      imported.add(name);
      continue;
    }
    const module = read(file);
    const declaration = module.declarations.get(name);
    if (declaration === undefined) throw new Error(`${file} does not declare ${name}`);
    taken.set(name, { origin, text: declaration.text });
    for (const used of declaration.uses) {
      if (module.declarations.has(used)) waiting.push({ file, name: used });
      const from = module.imports.get(used);
      if (from === undefined) continue;
      if (from.name !== used) throw new Error(`${file} imports ${from.name} as ${used}`);
      waiting.push(from);
    }
  }
  const names = [...imported].sort().join(", ");
  const head = imported.size === 0 ? [] : [`import type { ${names} } from "${shared?.path}";`];
  // What `await using` needs is not in TypeScript's default library.
  const lib = [...taken.values()].some(({ text }) => text.includes("Symbol.asyncDispose"))
    ? ['/// <reference lib="esnext.disposable" />']
    : [];
  const texts = [...taken].map(([name, { text }]) => (exported.has(name) ? exporting(text) : text));
  // Without this line all declarations of the file would be exported.
  return `${[...lib, ...head, ...texts, "export {};"].join("\n")}\n`;
}

/**
 * @param {string} entry
 * @param {(file: string) => Module} read
 */
function exportsOf(entry, read) {
  return read(entry).exports;
}

/** @param {string} text */
function exporting(text) {
  const start = /^\s*\/\*\*[^]*?\*\/\s*/.exec(text)?.[0].length ?? 0;
  return `${text.slice(0, start)}export ${text.slice(start)}`;
}

/** Compiles the sources once. */
export function compileDeclarations() {
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
  const up = relative(WORK, ROOT).replaceAll("\\", "/");
  const ambient = ["html-report/assets.d.ts", "stretch/module.d.ts", "check/validator.d.ts"];
  const files = ["library/library.ts", "library/matchers.ts", ...ambient].map((file) => `${up}/src/${file}`);
  const compilerOptions = {
    noEmit: false,
    emitDeclarationOnly: true,
    declaration: true,
    // `npx tsc` checks the types.
    noCheck: true,
    allowJs: false,
    checkJs: false,
    rootDir: `${up}/src`,
    outDir: "types",
    typeRoots: [`${up}/node_modules/@types`],
  };
  const config = { extends: `${up}/tsconfig.json`, compilerOptions, include: [], files };
  const path = join(WORK, "tsconfig.json");
  writeFileSync(path, JSON.stringify(config));
  execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "--project", path], {
    stdio: "inherit",
  });
}

function createReader() {
  /** @type {Map<string, Module>} */
  const modules = new Map();
  return (/** @type {string} */ file) => {
    const known = modules.get(file);
    if (known !== undefined) return known;
    const path = join(WORK, "types", file.replace(/\.ts$/, ".d.ts"));
    const module = parse(file, path, readFileSync(path, "utf8"));
    modules.set(file, module);
    return module;
  };
}

/**
 * @param {string} file
 * @param {string} path
 * @param {string} text
 * @returns {Module}
 */
function parse(file, path, text) {
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  /** @type {Map<string, Declaration>} */
  const declarations = new Map();
  /** @type {Map<string, Origin>} */
  const imports = new Map();
  /** @type {Map<string, Origin>} */
  const exports = new Map();
  const originOf = (/** @type {string} */ specifier, /** @type {string} */ name) => ({
    file: join(dirname(file), specifier).replaceAll("\\", "/"),
    name,
  });
  for (const statement of nodesOf(program.body)) {
    const isExport = statement.type === "ExportNamedDeclaration";
    if (statement.type === "ImportDeclaration") {
      for (const { local, imported } of statement.specifiers) {
        if (imported !== undefined) imports.set(local.name, originOf(statement.source.value, imported.name));
      }
    } else if (isExport && statement.source) {
      for (const { local, exported } of statement.specifiers) {
        exports.set(exported.name, originOf(statement.source.value, local.name));
      }
    } else {
      const declared = isExport ? statement.declaration : statement;
      if (declared === null) continue;
      // Its comment ends where the statement begins.
      const comment = comments.find(
        ({ end }) => text.slice(end, statement.start).trim() === "" && end <= statement.start,
      );
      const lead = comment === undefined ? "" : `${text.slice(comment.start, comment.end)}\n`;
      const own = { text: lead + text.slice(declared.start, statement.end), uses: namesIn(declared) };
      for (const name of namesOf(declared)) {
        declarations.set(name, own);
        if (isExport) exports.set(name, { file, name });
      }
    }
  }
  return { declarations, imports, exports };
}

/**
 * The nodes of a body, with any fields: each kind of statement has its own.
 * @param {any} body
 * @returns {readonly Node[]}
 */
function nodesOf(body) {
  return body;
}

/**
 * @param {Node} declared
 * @returns {string[]}
 */
function namesOf({ id, declarations = [] }) {
  return id ? [id.name] : declarations.map((/** @type {Node} */ each) => each.id.name);
}

/**
 * Every name in a declaration, except those of its members.
 * @param {Node} root
 */
function namesIn(root) {
  /** @type {Set<string>} */
  const names = new Set();
  /** @type {unknown[]} */
  const waiting = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) continue;
    if ("type" in value && value.type === "Identifier" && "name" in value) names.add(String(value.name));
    for (const [key, part] of Object.entries(value)) {
      const isMember = key === "key" && !("computed" in value && value.computed === true);
      if (!isMember) waiting.push(part);
    }
  }
  return names;
}
