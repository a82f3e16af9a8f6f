// Reads the visible text of an event's payload, in the three protocols of the inputs.

interface Payload {
  readonly type?: string;
  /** A string in the Responses API, an object in the Messages API. */
  readonly delta?: string | { readonly text?: string };
  readonly choices?: readonly { readonly delta: { readonly content?: string | null } }[];
}

/** Empty if the payload has no text. */
export function textOf({ type, delta, choices }: Payload): string {
  if (type === "response.output_text.delta") return typeof delta === "string" ? delta : "";
  if (type === "content_block_delta") return typeof delta === "object" ? (delta.text ?? "") : "";
  if (type === undefined) return choices?.[0]?.delta.content ?? "";
  return "";
}
