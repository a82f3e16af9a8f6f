// A whole response in one JSON document: what comes where a stream was meant and not asked for.
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../model/payload.ts";

interface Kind {
  readonly name: string;
  /** What the request has to have for a stream. */
  readonly request: string;
  is(value: JsonObject): boolean;
  status(value: JsonObject): unknown;
  /** The object with the token counts, and the names of input, output and total in it; not all providers have a total. */
  readonly usage: string;
  readonly counts: readonly [input: string, output: string, total: string];
}

/** In the order in which they are asked. */
const KINDS: readonly Kind[] = [
  {
    name: "OpenAI Responses API",
    request: "`stream: true`",
    is: ({ object }) => object === "response",
    status: ({ status }) => status,
    usage: "usage",
    counts: ["input_tokens", "output_tokens", "total_tokens"],
  },
  {
    name: "OpenAI Chat Completions API",
    request: "`stream: true`",
    is: ({ object }) => object === "chat.completion",
    status: ({ choices }) => asObjects(choices)[0]?.finish_reason,
    usage: "usage",
    counts: ["prompt_tokens", "completion_tokens", "total_tokens"],
  },
  {
    name: "Anthropic Messages API",
    request: "`stream: true`",
    is: ({ type, role }) => type === "message" && role === "assistant",
    status: (value) => value.stop_reason,
    usage: "usage",
    counts: ["input_tokens", "output_tokens", "total_tokens"],
  },
  {
    name: "Gemini API",
    request: "`streamGenerateContent?alt=sse`",
    is: ({ candidates, promptFeedback, usageMetadata }) =>
      Array.isArray(candidates) || (asObject(promptFeedback) !== null && asObject(usageMetadata) !== null),
    status: ({ candidates, promptFeedback }) =>
      asObjects(candidates)[0]?.finishReason ?? asObject(promptFeedback)?.blockReason,
    usage: "usageMetadata",
    counts: ["promptTokenCount", "candidatesTokenCount", "totalTokenCount"],
  },
];

/** Whether a document is a whole response of a provider that is known. */
export function isWholeResponse(value: JsonObject): boolean {
  return KINDS.some((kind) => kind.is(value));
}

/** What a document is, with its status and usage, if it is a whole response; else null. */
export function describeWholeResponse(value: JsonObject): string | null {
  const kind = KINDS.find((kind) => kind.is(value));
  if (kind === undefined) return null;
  const status = asString(kind.status(value));
  const parts = [kind.name, status === null ? null : `status ${status}`, describeUsage(kind, value)];
  const said = parts.filter((part) => part !== null).join(", ");
  return `a whole response (${said}), not a stream: was ${kind.request} missing in the request?`;
}

/**
 * The same of the beginning of a document that is too large to be held: status and usage may stand anywhere in it, and
 * what it is stands among its first keys.
 */
export function describeLargeResponse(beginning: string): string | null {
  const first = beginning.slice(0, FIRST_KEYS);
  const value = Object.fromEntries(
    [...first.matchAll(/"(?<key>object|type|role)"\s*:\s*"(?<value>[^"\\]*)"/g)]
      .map(({ groups }) => [groups?.key ?? "", groups?.value ?? ""] as const)
      // The first of a name is the document's own.
      .toReversed(),
  );
  const kind = KINDS.find((kind) => kind.is(value));
  return kind === undefined
    ? null
    : `a large whole response (${kind.name}), not a stream: was ${kind.request} missing in the request?`;
}

const FIRST_KEYS = 200;

function describeUsage({ usage, counts }: Kind, value: JsonObject): string | null {
  const object = asObject(value[usage]);
  const [input = null, output = null, total = null] = counts.map((name) => asIndex(object?.[name]));
  if (input === null || output === null) return total === null ? null : `${total} tokens`;
  // Where a provider counts more than these two, its total says so.
  if (total === null || total === input + output) return `${input} + ${output} = ${input + output} tokens`;
  return `${input} + ${output} tokens, ${total} in all`;
}
