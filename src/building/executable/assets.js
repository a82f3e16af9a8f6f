/** Assets in the single executable besides its script: the script again, as text, and the examples of rules. */
export const SCRIPT = "script";
export const EXAMPLES = "rule-examples";
