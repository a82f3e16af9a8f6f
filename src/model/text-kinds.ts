// The kinds of running text in facts, and how each is shown.

/** Values of `--show`. */
export const channels = ["text", "reasoning", "tools", "refusal", "code"] as const;
export type Channel = (typeof channels)[number];

/** The kinds of running text that an item can hold. */
export const textKinds = [
  "text",
  "reasoning",
  "reasoning-summary",
  "refusal",
  "tool-input",
  "tool-output",
  "code",
] as const;
export type TextKind = (typeof textKinds)[number];

/** The channel that shows each kind. */
export const channelOfKind: Record<TextKind, Channel> = {
  text: "text",
  reasoning: "reasoning",
  "reasoning-summary": "reasoning",
  refusal: "refusal",
  "tool-input": "tools",
  "tool-output": "tools",
  code: "code",
};

/**
 * Separators between the parts of an item: text parts are one text, reasoning parts are paragraphs, commands are lines.
 */
export const separators: Record<TextKind, string> = {
  text: "",
  reasoning: "\n\n",
  "reasoning-summary": "\n\n",
  refusal: "",
  "tool-input": "",
  "tool-output": "",
  code: "\n",
};

/** The types of deltas and ends by kind: made once, because facts are compared by type very often. */
export const deltaTypes = {
  text: "text-delta",
  reasoning: "reasoning-delta",
  "reasoning-summary": "reasoning-summary-delta",
  refusal: "refusal-delta",
  "tool-input": "tool-input-delta",
  "tool-output": "tool-output-delta",
  code: "code-delta",
} as const satisfies { readonly [Kind in TextKind]: `${Kind}-delta` };
export const endTypes = {
  text: "text-end",
  reasoning: "reasoning-end",
  "reasoning-summary": "reasoning-summary-end",
  refusal: "refusal-end",
  "tool-input": "tool-input-end",
  "tool-output": "tool-output-end",
  code: "code-end",
} as const satisfies { readonly [Kind in TextKind]: `${Kind}-end` };
