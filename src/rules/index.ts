// The rules.
import { answerRules } from "./general/answers.ts";
import { blockRules } from "../dialects/anthropic/rules/blocks.ts";
import { candidateRules } from "./general/candidates.ts";
import { endingRules } from "./general/ending.ts";
import { errorRules } from "./general/errors.ts";
import { fieldRules } from "../dialects/openai-responses/rules/fields.ts";
import { frameRules } from "./general/frames.ts";
import { indexRules } from "../dialects/openai-responses/rules/indexes.ts";
import { inputRules } from "./general/input.ts";
import { itemRules } from "../dialects/openai-responses/rules/items.ts";
import { lifecycleRules } from "./general/lifecycle.ts";
import { partStartRules } from "./general/part-starts.ts";
import { partRules } from "../dialects/openai-responses/rules/parts.ts";
import { rpcRules } from "../dialects/mcp/rules/rpc.ts";
import { sequenceRules } from "../dialects/openai-responses/rules/sequence.ts";
import { snapshotRules } from "../dialects/openai-responses/rules/snapshots.ts";
import { statusRules } from "../dialects/openai-responses/rules/statuses.ts";
import { stepRules } from "../dialects/gemini-interactions/rules/steps.ts";
import { textRules } from "./general/texts.ts";
import { toolCallRules } from "../dialects/openai-chat/rules/tool-calls.ts";
import { toolRules } from "./general/tools.ts";
import { timingRules } from "./general/timing.ts";
import { usageRules } from "./general/usage.ts";
import { vocabularyRules } from "./general/vocabulary.ts";
import type { RuleFamily } from "./rule.ts";

/** In the order in which `ssescope rules` lists them, and in which they are asked about an event. */
export const ruleFamilies = [
  frameRules,
  vocabularyRules,
  errorRules,
  sequenceRules,
  lifecycleRules,
  endingRules,
  fieldRules,
  itemRules,
  indexRules,
  partRules,
  blockRules,
  toolCallRules,
  textRules,
  snapshotRules,
  toolRules,
  statusRules,
  answerRules,
  usageRules,
  candidateRules,
  stepRules,
  partStartRules,
  rpcRules,
  inputRules,
  timingRules,
] as const satisfies readonly RuleFamily[];
