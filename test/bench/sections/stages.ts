// Profiles the program: CPU time by folder of src and by function.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { SourceMapPayload } from "node:module";
import path from "node:path";
import { cutWithSize } from "../../../src/wording/cut.ts";
import { writeInput } from "../inputs/inputs.ts";
import { measureCpu } from "../measure.ts";
import { PROGRAM } from "../programs.ts";
import type { Section } from "../section.ts";
import { type Profile, type Share, stagesOf } from "../stages.ts";
import { table } from "../table.ts";

/** The folder in which `npm run bench` puts the source maps of the bundle. */
const MAPS = "coverage/bench/map";

const INTERVAL_US = 200;
const SHOWN = 15;
/** V8 names a regular expression by its whole source. */
const LONGEST_NAME = 60;

export const stages: Section = {
  name: "stages",
  isQuoted: false,
  run({ bytes, folder }) {
    const file = writeInput(folder, "responses-text", bytes);
    const profiles = mkdtempSync(path.join(folder, "profile-"));
    const options = `--cpu-prof --cpu-prof-dir=${profiles} --cpu-prof-interval=${INTERVAL_US}`;
    measureCpu([{ command: `node ${options} ${PROGRAM} ${file}` }], 1);
    const profile: Profile = JSON.parse(readFileSync(path.join(profiles, readdirSync(profiles)[0] ?? ""), "utf8"));
    rmSync(profiles, { recursive: true });
    const { stages, functions } = stagesOf(profile, sourceMaps());
    return `${shares("stage", stages)}\n${shares("function", functions)}`;
  },
};

function sourceMaps(): Map<string, SourceMapPayload> {
  const files = readdirSync(MAPS).filter((file) => file.endsWith(".map"));
  return new Map(
    files.map((file) => [file.slice(0, -".map".length), JSON.parse(readFileSync(path.join(MAPS, file), "utf8"))]),
  );
}

function shares(title: string, all: readonly Share[]): string {
  const total = all.reduce((sum, { ms }) => sum + ms, 0);
  const rows = all
    .slice(0, SHOWN)
    .map(({ name, ms }) => [cutWithSize(name, LONGEST_NAME), ms.toFixed(0), `${((100 * ms) / total).toFixed(1)} %`]);
  return table([[title, "ms", "share"], ...rows]);
}
