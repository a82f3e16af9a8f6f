// Captures: fixtures of any framing.
import { fixtures } from "../../support/fixtures.ts";
import { changes } from "../changes.ts";
import { plantSecret } from "../secret.ts";
import type { Target } from "../target.ts";
import { streamTrials } from "../trials.ts";

/** Larger fixtures are slow to read byte by byte and find nothing more. */
const LARGEST_FIXTURE = 8_000;

export const captures: Target = {
  name: "captures",
  models: fixtures.filter(({ bytes }) => bytes.length <= LARGEST_FIXTURE),
  changes: [
    ...changes,
    { name: "a secret is planted", change: plantSecret },
    { name: "a secret is planted", change: plantSecret },
  ],
  trials: streamTrials,
  trialsEach: 4,
};
