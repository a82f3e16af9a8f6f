// A plugin of rolldown that leaves out what commander loads at start-up and this program never uses.

/** By module, what stands in its place. */
const LEFT_OUT = [
  // For commands that are programs of their own; there are none.
  { module: "node:child_process", code: "module.exports = {};" },
  { module: "node:fs", code: "module.exports = {};" },
  // The global is the same object, and loading the module reads every one of its slow getters.
  { module: "node:process", code: "module.exports = process;" },
];

const PREFIX = "\0left-out:";

/** @returns {{ name: string, resolveId(id: string, importer?: string): string | null, load(id: string): string | null }} */
export function leaveOut() {
  return {
    name: "leave-out",
    resolveId(module, importer = "") {
      const isCommander = importer.split(/[\\/]/).includes("commander");
      return isCommander && LEFT_OUT.some((entry) => entry.module === module) ? PREFIX + module : null;
    },
    load: (id) => LEFT_OUT.find(({ module }) => PREFIX + module === id)?.code ?? null,
  };
}
