// The dialects.
import { a2a } from "./a2a/a2a.ts";
import { agUi } from "./ag-ui/ag-ui.ts";
import { aiSdk } from "./ai-sdk/ai-sdk.ts";
import { aiSdkData } from "./ai-sdk-data/ai-sdk-data.ts";
import { anthropic } from "./anthropic/anthropic.ts";
import { anthropicCompletions } from "./anthropic-completions/anthropic-completions.ts";
import { bedrock } from "./bedrock/bedrock.ts";
import { bedrockAgent } from "./bedrock-agent/bedrock-agent.ts";
import { bedrockLlama } from "./bedrock-llama/bedrock-llama.ts";
import { bedrockMistral } from "./bedrock-mistral/bedrock-mistral.ts";
import { bedrockTitan } from "./bedrock-titan/bedrock-titan.ts";
import { claudeCode } from "./claude-code/claude-code.ts";
import { codex } from "./codex/codex.ts";
import { cohere } from "./cohere/cohere.ts";
import { cohereV1 } from "./cohere-v1/cohere-v1.ts";
import { coze } from "./coze/coze.ts";
import { cursorAgent } from "./cursor-agent/cursor-agent.ts";
import { dashscope } from "./dashscope/dashscope.ts";
import { dify } from "./dify/dify.ts";
import { ernie } from "./ernie/ernie.ts";
import { flowise } from "./flowise/flowise.ts";
import { geminiCli } from "./gemini-cli/gemini-cli.ts";
import { gemini } from "./gemini/gemini.ts";
import { geminiInteractions } from "./gemini-interactions/gemini-interactions.ts";
import { geminiLive } from "./gemini-live/gemini-live.ts";
import { generic } from "./generic/generic.ts";
import { langgraph } from "./langgraph/langgraph.ts";
import { mcp } from "./mcp/mcp.ts";
import { ollama } from "./ollama/ollama.ts";
import { openaiAssistants } from "./openai-assistants/openai-assistants.ts";
import { openaiChat } from "./openai-chat/openai-chat.ts";
import { openaiMedia } from "./openai-media/openai-media.ts";
import { openaiRealtime } from "./openai-realtime/openai-realtime.ts";
import { openaiResponses } from "./openai-responses/openai-responses.ts";
import { opencode } from "./opencode/opencode.ts";
import { replicate } from "./replicate/replicate.ts";
import { tgi } from "./tgi/tgi.ts";
import type { Dialect } from "./dialect.ts";

/** In the order in which they are asked to claim an event; `generic` takes what no other does. */
export const dialects = [
  openaiResponses,
  openaiChat,
  anthropic,
  gemini,
  geminiInteractions,
  cohere,
  bedrock,
  bedrockTitan,
  bedrockLlama,
  bedrockMistral,
  bedrockAgent,
  ollama,
  tgi,
  aiSdk,
  mcp,
  openaiAssistants,
  replicate,
  openaiRealtime,
  a2a,
  claudeCode,
  agUi,
  dify,
  flowise,
  cohereV1,
  anthropicCompletions,
  ernie,
  dashscope,
  langgraph,
  geminiLive,
  codex,
  coze,
  openaiMedia,
  aiSdkData,
  geminiCli,
  opencode,
  cursorAgent,
  generic,
] as const satisfies readonly Dialect[];

/** The values of `--dialect`. */
export type DialectName = (typeof dialects)[number]["name"];
