// Names of models that everybody may use, and names that say whose a model is.

/** Who publishes models under a name of their own, as gateways and hubs write it: `openai/gpt-4o`, `meta-llama/Llama-3`. */
const PUBLISHERS: ReadonlySet<string> = new Set(
  (
    "openai anthropic google meta meta-llama mistralai mistral deepseek deepseek-ai qwen x-ai xai cohere coherelabs amazon " +
    "microsoft nvidia ai21 perplexity moonshotai zai-org z-ai minimax minimaxai tencent baidu bytedance ibm ibm-granite " +
    "nousresearch black-forest-labs stability-ai openrouter models"
  ).split(" "),
);
/** What resources of an account are called: `accounts/acme/models/x`, `projects/1/locations/us/endpoints/2`, `tunedModels/x`. */
const RESOURCE =
  /(?:^|\/)(?:accounts|projects|endpoints|organizations|orgs|users|teams|workspaces|deployments|tunedModels|tuned_models|custom_models)\//i;
/** Tuned ones: https://platform.openai.com/docs/guides/fine-tuning, https://docs.mistral.ai; ARNs of AWS. */
const TUNED = /^(?:ft|arn|custom|tuned)[:-]|:ft[:-]|[:@](?:ft|custom)\b/i;

/** Whether a model may be named in a copy that is shared: its name does not say whose it is. */
export function isPublicModel(name: string): boolean {
  if (RESOURCE.test(`${name}/`) || TUNED.test(name)) return false;
  const [publisher = "", ...rest] = name.split("/");
  return rest.length === 0 || PUBLISHERS.has(publisher.toLowerCase());
}

/** How the models of paths begin: of others, the name may be the user's own. */
const FAMILY =
  /^(?:(?:us|eu|apac|global)\.)?(?:(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen|google)\.)?(?:gemini|gemma|claude|gpt|chatgpt|o[1-9]\b|text-|tts|whisper|dall-e|imagen|veo|llama|mistral|mixtral|codestral|ministral|command|deepseek|qwen|grok|kimi|glm|phi|nova|titan|jamba|sonar)[\w.:@-]*$/i;

/** Whether what stands in the place of a model, in a path, is one that everybody may use. */
export function isKnownModel(name: string): boolean {
  return FAMILY.test(name) && isPublicModel(name);
}
