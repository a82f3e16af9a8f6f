// Measures the start-up of the package as npm installs it, and its size on disk.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { measureCpu } from "../measure.ts";
import { SMALL_CAPTURE } from "../programs.ts";
import type { Section } from "../section.ts";
import { ratioOf, spreadOf } from "../statistics.ts";
import { seconds, table, times } from "../table.ts";

/** Starts of a process per measurement. */
const STARTS = 10;

/** The block size of `du`. */
const BLOCK_BYTES = 512;

export const startUp: Section = {
  name: "start-up",
  isQuoted: true,
  run({ rounds, folder }) {
    mkdirSync(folder, { recursive: true });
    const root = mkdtempSync(path.join(path.resolve(folder), "installed-"));
    try {
      const modules = install(root);
      const program = path.join(modules, ".bin", "ssescope");
      const caches = `XDG_CACHE_HOME=${path.join(root, "caches")}`;
      const [kept = [], compiled = [], node = []] = measureCpu(
        [
          { command: repeated(`${caches} ${program} ${SMALL_CAPTURE}`) },
          { command: repeated(`SSESCOPE_NO_CODE_CACHE=1 ${program} ${SMALL_CAPTURE}`) },
          { command: repeated("node -e 0") },
        ],
        rounds,
      );
      const row = (name: string, costs: readonly number[], aim: string): string[] => [
        name,
        seconds(spreadOf(costs.map((cost) => cost / STARTS))),
        times(ratioOf(costs, node)),
        aim,
      ];
      return (
        table([
          ["start-up, as installed from npm", "CPU s", "CPU, relative to node -e 0", "aim"],
          row("a small capture", kept, "≤ 1.5×"),
          row("… without compiled code from an earlier run", compiled, ""),
          row("node -e 0", node, ""),
        ]) +
        `\nInstalled, it takes ${(sizeOf(modules) / 1e6).toFixed(1)} MB in node_modules (\`du\`); the aim is less than 5 MB.\n`
      );
    } finally {
      rmSync(root, { recursive: true });
    }
  },
};

/** Installs the package from its tarball into an empty folder and returns the path of node_modules. */
function install(root: string): string {
  const options = ["--silent", "--ignore-scripts"];
  const name = execFileSync("npm", ["pack", ...options, "--pack-destination", root], { encoding: "utf8" }).trim();
  writeFileSync(path.join(root, "package.json"), "{}");
  execFileSync("npm", ["install", ...options, "--no-save", "--prefer-offline", path.join(root, name)], { cwd: root });
  return path.join(root, "node_modules");
}

function sizeOf(folder: string): number {
  const own = statSync(folder).blocks * BLOCK_BYTES;
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isSymbolicLink()) return sum;
    return sum + (entry.isDirectory() ? sizeOf(file) : statSync(file).blocks * BLOCK_BYTES);
  }, own);
}

function repeated(command: string): string {
  return `for start in {1..${STARTS}}; do ${command}; done`;
}
