// The shape of a payload: which fields it has, whatever is in them.

/** Fields that come and go from event to event, and say nothing: padding, and what was asked for beside the text. */
const PASSED_OVER = new Set(["obfuscation", "logprobs", "p", "padding"]);
/** Objects whose keys are the user's or the model's, and not the protocol's. */
const OPAQUE = new Set(["metadata", "input", "args", "arguments", "parameters", "properties", "schema", "headers"]);

/** The paths of all fields, in order: `response.usage.input_tokens`, `choices[].delta`. */
export function shapeOf(value: unknown): readonly string[] {
  const paths = new Set<string>();
  collect(value, "", paths);
  return [...paths].sort();
}

function collect(value: unknown, path: string, paths: Set<string>): void {
  if (Array.isArray(value)) {
    for (const element of value) collect(element, `${path}[]`, paths);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, field] of Object.entries(value)) {
      if (PASSED_OVER.has(key)) continue;
      const inner = path === "" ? key : `${path}.${key}`;
      paths.add(inner);
      if (!OPAQUE.has(key)) collect(field, inner, paths);
    }
  }
}
