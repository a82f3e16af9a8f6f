// The rule families for every dialect. Those for one protocol are in its dialect's folder.
import { answerRules } from "./general/answers.ts";
import { candidateRules } from "./general/candidates.ts";
import { connectionRules } from "./general/connection.ts";
import { cumulativeRules } from "./general/cumulative.ts";
import { endingRules } from "./general/ending.ts";
import { errorRules } from "./general/errors.ts";
import { frameRules } from "./general/frames.ts";
import { inputRules } from "./general/input.ts";
import { lifecycleRules } from "./general/lifecycle.ts";
import { partStartRules } from "./general/part-starts.ts";
import { strayRules } from "./general/strays.ts";
import { textRules } from "./general/texts.ts";
import { toolRules } from "./general/tools.ts";
import { timingRules } from "./general/timing.ts";
import { usageRules } from "./general/usage.ts";
import { vocabularyRules } from "./general/vocabulary.ts";
import type { RuleFamily } from "./rule.ts";

/** In the order of `ssescope rules`, and in which they get each event. */
export const generalFamilies = [
  frameRules,
  strayRules,
  vocabularyRules,
  errorRules,
  lifecycleRules,
  endingRules,
  textRules,
  cumulativeRules,
  toolRules,
  answerRules,
  usageRules,
  candidateRules,
  partStartRules,
  inputRules,
  timingRules,
  connectionRules,
] as const satisfies readonly RuleFamily[];
