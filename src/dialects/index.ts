// The dialects. The built program loads each one on first use (src/building/deferred-modules.js).
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
import type { DialectEntry } from "./dialect.ts";

/** In the order in which they are asked to claim an event, most common first; `generic` takes the rest. */
export const dialects = [
  { name: "openai-responses", load: () => openaiResponses },
  { name: "openai-chat", load: () => openaiChat },
  { name: "anthropic", load: () => anthropic },
  { name: "gemini", load: () => gemini },
  { name: "gemini-interactions", load: () => geminiInteractions },
  { name: "cohere", load: () => cohere },
  { name: "bedrock", load: () => bedrock },
  { name: "bedrock-titan", load: () => bedrockTitan },
  { name: "bedrock-llama", load: () => bedrockLlama },
  { name: "bedrock-mistral", load: () => bedrockMistral },
  { name: "bedrock-agent", load: () => bedrockAgent },
  { name: "ollama", load: () => ollama },
  { name: "tgi", load: () => tgi },
  { name: "ai-sdk", load: () => aiSdk },
  { name: "mcp", load: () => mcp },
  { name: "openai-assistants", load: () => openaiAssistants },
  { name: "replicate", load: () => replicate },
  { name: "openai-realtime", load: () => openaiRealtime },
  { name: "a2a", load: () => a2a },
  { name: "claude-code", load: () => claudeCode },
  { name: "ag-ui", load: () => agUi },
  { name: "dify", load: () => dify },
  { name: "flowise", load: () => flowise },
  { name: "cohere-v1", load: () => cohereV1 },
  { name: "anthropic-completions", load: () => anthropicCompletions },
  { name: "ernie", load: () => ernie },
  { name: "dashscope", load: () => dashscope },
  { name: "langgraph", load: () => langgraph },
  { name: "gemini-live", load: () => geminiLive },
  { name: "codex", load: () => codex },
  { name: "coze", load: () => coze },
  { name: "openai-media", load: () => openaiMedia },
  { name: "ai-sdk-data", load: () => aiSdkData },
  { name: "gemini-cli", load: () => geminiCli },
  { name: "opencode", load: () => opencode },
  { name: "cursor-agent", load: () => cursorAgent },
  { name: "generic", load: () => generic },
] as const satisfies readonly DialectEntry[];

/** The values of `--dialect`. */
export type DialectName = (typeof dialects)[number]["name"];
