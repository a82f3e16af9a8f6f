import os from "node:os";
import { countOf } from "../../src/wording/counts.ts";

/** Describes a run: the day, Node.js, the machine and the rounds. */
export function machine({ rounds }: { readonly rounds: number }): string {
  const cores = os.cpus();
  const model = cores[0]?.model.trim() ?? "unknown processor";
  const day = new Date().toISOString().slice(0, "2026-01-01".length);
  const memory = `${Math.round(os.totalmem() / 1024 ** 3)} GiB`;
  return `${day}, Node.js ${process.versions.node}, ${os.type()}, ${cores.length} × ${model}, ${memory}; medians of ${countOf(rounds, "round")} in turn, with minimum and maximum in brackets.\n`;
}
