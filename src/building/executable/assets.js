/** The names of what is in the single executable beside its script: the script again, as text, and the examples of rules. */
export const SCRIPT = "script";
export const EXAMPLES = "rule-examples";
