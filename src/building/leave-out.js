// A rolldown plugin that leaves out modules that bundled packages load but this program never uses.

/** For each module of a package, the code that replaces it. */
const LEFT_OUT = [
  // For subcommands that are separate programs; there are none.
  { package: "commander", module: "node:child_process", code: "module.exports = {};" },
  { package: "commander", module: "node:fs", code: "module.exports = {};" },
  // The global is the same object, and loading the module runs every one of its slow getters.
  { package: "commander", module: "node:process", code: "module.exports = process;" },
  // For sketches sent to other programs; it needs a package that is not installed.
  { package: "sketches-js", module: "./proto/compiled", code: "module.exports = {};" },
  { package: "sketches-js", module: "../proto/compiled", code: "module.exports = {};" },
];

const PREFIX = "\0left-out:";

/** @returns {{ name: string, resolveId(id: string, importer?: string): string | null, load(id: string): string | null }} */
export function leaveOut() {
  return {
    name: "leave-out",
    resolveId(module, importer = "") {
      const folders = importer.split(/[\\/]/);
      const isLeftOut = LEFT_OUT.some((entry) => entry.module === module && folders.includes(entry.package));
      return isLeftOut ? PREFIX + module : null;
    },
    load: (id) => LEFT_OUT.find(({ module }) => PREFIX + module === id)?.code ?? null,
  };
}
