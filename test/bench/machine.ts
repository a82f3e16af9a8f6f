import os from "node:os";
import { countOf } from "../../src/wording/counts.ts";

/** What the numbers are of: the day, the rounds, Node.js and the machine. */
export function machine({ rounds }: { readonly rounds: number }): string {
  const cores = os.cpus();
  const model = cores[0]?.model.trim() ?? "unknown processor";
  const day = new Date().toISOString().slice(0, "2026-01-01".length);
  const memory = `${Math.round(os.totalmem() / 1024 ** 3)} GiB`;
  return `${day}, Node.js ${process.versions.node}, ${os.type()}, ${cores.length} × ${model}, ${memory}; medians of ${countOf(rounds, "round")} in turn, in brackets the least and the most.\n`;
}
