// Archives: HAR files, cassettes and files of other recorders, which are JSON or YAML with captures inside.
import { fixtures } from "../../support/fixtures.ts";
import { changes } from "../changes.ts";
import { jsonChanges, yamlChanges } from "../structure.ts";
import type { Target } from "../target.ts";
import { readingTrials } from "../trials.ts";

const LARGEST_FIXTURE = 24_000;

export const archives: Target = {
  name: "archives",
  models: fixtures.filter(
    ({ name, bytes }) =>
      /^(?:har|cassette|archives|recorded)\//.test(name) && !name.endsWith(".sse") && bytes.length <= LARGEST_FIXTURE,
  ),
  // Most changes leave it a valid document.
  changes: [...jsonChanges, ...jsonChanges, ...yamlChanges, ...yamlChanges, ...changes],
  trials: readingTrials,
  trialsEach: 3,
};
