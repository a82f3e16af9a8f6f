// How programs are pointed at another base URL: environment variables, or an option. Each row links to
// its documentation.
import type { Upstream } from "./upstreams.ts";

interface Variable {
  readonly name: string;
  /** The path in its value: programs append `/chat/completions` to one, `/v1/messages` to another. */
  readonly path: string;
  readonly api: Api;
}

/** An API, recognized by an upstream's host or by the name that the user gave it. */
interface Api {
  readonly hosts: RegExp;
  readonly names: RegExp;
}

const OPENAI: Api = { hosts: /(?:^|\.)openai\.com$/, names: /^openai/i };
const ANTHROPIC: Api = { hosts: /(?:^|\.)anthropic\.com$/, names: /^(?:anthropic|claude)/i };
const GOOGLE: Api = { hosts: /(?:^|\.)googleapis\.com$/, names: /^(?:google|gemini|vertex)/i };
const GROQ: Api = { hosts: /(?:^|\.)groq\.com$/, names: /^groq/i };
const OLLAMA: Api = { hosts: /:11434$/, names: /^ollama/i };
const AWS: Api = { hosts: /(?:^|\.)amazonaws\.com$/, names: /^(?:aws|bedrock)/i };

const variables: readonly Variable[] = [
  // https://github.com/openai/openai-node and openai-python: `baseURL`, "process.env['OPENAI_BASE_URL']"
  { name: "OPENAI_BASE_URL", path: "/v1", api: OPENAI },
  // The name before version 1 of openai-python, and of LangChain:
  // https://python.langchain.com/docs/integrations/chat/openai/
  { name: "OPENAI_API_BASE", path: "/v1", api: OPENAI },
  // https://docs.anthropic.com/en/docs/claude-code/llm-gateway, and the SDKs of Anthropic
  { name: "ANTHROPIC_BASE_URL", path: "", api: ANTHROPIC },
  // https://github.com/googleapis/js-genai: `GOOGLE_GEMINI_BASE_URL`, `GOOGLE_VERTEX_BASE_URL`; Gemini CLI is built on
  // it
  { name: "GOOGLE_GEMINI_BASE_URL", path: "", api: GOOGLE },
  { name: "GOOGLE_VERTEX_BASE_URL", path: "", api: GOOGLE },
  // https://github.com/google-gemini/gemini-cli: packages/core/src/code_assist/server.ts
  { name: "CODE_ASSIST_ENDPOINT", path: "", api: GOOGLE },
  // https://github.com/groq/groq-python and groq-typescript: `GROQ_BASE_URL`, to which they append /openai/v1
  { name: "GROQ_BASE_URL", path: "", api: GROQ },
  // https://github.com/ollama/ollama/blob/main/docs/faq.md: `OLLAMA_HOST`
  { name: "OLLAMA_HOST", path: "", api: OLLAMA },
  // https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
  { name: "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", path: "", api: AWS },
];

/** The variables to print if the upstream's API is unknown. */
export const usualVariables: ReadonlySet<string> = new Set([
  "OPENAI_BASE_URL",
  "ANTHROPIC_BASE_URL",
  "GOOGLE_GEMINI_BASE_URL",
]);

/**
 * The variables that point programs at a tap at `base` in place of `upstream`: those of its API, or all if the
 * API is unknown and the upstream is the only one. A path in the upstream's base URL replaces the variable's.
 */
export function variablesFor(upstream: Upstream, base: string, isOnly: boolean): Readonly<Record<string, string>> {
  const { host, pathname } = upstream.url;
  const ofHost = variables.filter(({ api }) => api.hosts.test(host));
  const ofName = variables.filter(({ api }) => upstream.name !== null && api.names.test(upstream.name));
  const own = ofHost.length > 0 ? ofHost : ofName;
  const chosen = own.length === 0 && isOnly ? variables : own;
  const hasPath = pathname !== "/";
  return Object.fromEntries(chosen.map(({ name, path }) => [name, hasPath ? base : base + path]));
}

/** Command lines for programs that read no such variable. */
export function optionsFor(environment: Readonly<Record<string, string>>): readonly string[] {
  // https://github.com/openai/codex/blob/main/docs/config.md: `openai_base_url`; it ignores OPENAI_BASE_URL.
  const { OPENAI_BASE_URL: base } = environment;
  return base === undefined ? [] : [`codex -c openai_base_url=${base}`];
}
