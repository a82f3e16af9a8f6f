// Builds the document that each API sends without streaming from a stream, for the dialects whose document is known.
import { createAnswer as anthropic } from "./anthropic/answer.ts";
import { createAnswer as anthropicCompletions } from "./anthropic-completions/answer.ts";
import type { Answer } from "./answer.ts";
import { createAnswer as bedrock } from "./bedrock/answer.ts";
import { createAnswer as cohere } from "./cohere/answer.ts";
import { createAnswer as gemini } from "./gemini/answer.ts";
import { createAnswer as geminiInteractions } from "./gemini-interactions/answer.ts";
import type { DialectName } from "./index.ts";
import { createAnswer as ollama } from "./ollama/answer.ts";
import { createAnswer as openaiChat } from "./openai-chat/answer.ts";
import { createAnswer as openaiResponses } from "./openai-responses/answer.ts";

export const answers: Readonly<Partial<Record<DialectName, () => Answer>>> = {
  anthropic,
  "anthropic-completions": anthropicCompletions,
  bedrock,
  cohere,
  gemini,
  "gemini-interactions": geminiInteractions,
  ollama,
  "openai-chat": openaiChat,
  "openai-responses": openaiResponses,
};
