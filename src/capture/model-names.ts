// Distinguishes public model names from names that identify an account.

/** Publishers in model names, as gateways and hubs write them: `openai/gpt-4o`, `meta-llama/Llama-3`. */
const PUBLISHERS: ReadonlySet<string> = new Set(
  (
    "openai anthropic google meta meta-llama mistralai mistral deepseek deepseek-ai qwen x-ai xai cohere coherelabs amazon " +
    "microsoft nvidia ai21 perplexity moonshotai zai-org z-ai minimax minimaxai tencent baidu bytedance ibm ibm-granite " +
    "nousresearch black-forest-labs stability-ai openrouter models"
  ).split(" "),
);
/** Resources of an account: `accounts/acme/models/x`, `projects/1/locations/us/endpoints/2`, `tunedModels/x`. */
const RESOURCE =
  /(?:^|\/)(?:accounts|projects|endpoints|organizations|orgs|users|teams|workspaces|deployments|tunedModels|tuned_models|custom_models)\//i;
/** Tuned models: https://platform.openai.com/docs/guides/fine-tuning, https://docs.mistral.ai; AWS ARNs. */
const TUNED = /^(?:ft|arn|custom|tuned)[:-]|:ft[:-]|[:@](?:ft|custom)\b/i;

/** Whether a shared copy may contain this model name: it does not identify an account. */
export function isPublicModel(name: string): boolean {
  if (RESOURCE.test(`${name}/`) || TUNED.test(name)) return false;
  const [publisher = "", ...rest] = name.split("/");
  return rest.length === 0 || PUBLISHERS.has(publisher.toLowerCase());
}

/** Known beginnings of model names in paths. A user may have chosen any other name. */
const FAMILY =
  /^(?:(?:us|eu|apac|global)\.)?(?:(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen|google)\.)?(?:gemini|gemma|claude|gpt|chatgpt|o[1-9]\b|text-|tts|whisper|dall-e|imagen|veo|llama|mistral|mixtral|codestral|ministral|command|deepseek|qwen|grok|kimi|glm|phi|nova|titan|jamba|sonar)[\w.:@-]*$/i;

/** Whether the model name in a path is a known public model. */
export function isKnownModel(name: string): boolean {
  return FAMILY.test(name) && isPublicModel(name);
}
