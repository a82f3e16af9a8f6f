// The shape of a payload: its field names, without their values.
import { allDialects } from "../dialects/all-dialects.ts";
import type { DialectTraits } from "../model/dialect-traits.ts";

const traits = allDialects().map(({ diff }: DialectTraits) => diff);
const NOISE: ReadonlySet<string> = new Set(traits.flatMap(({ noise }) => noise));
const FREE_FORM: ReadonlySet<string> = new Set(traits.flatMap(({ freeForm }) => freeForm));

/**
 * No protocol nests fields this deep. Deeper fields are not compared: paths would grow with the square of the depth.
 */
const DEEPEST = 100;

/** The paths of all fields, in order: `response.usage.input_tokens`, `choices[].delta`. */
export function shapeOf(value: unknown): readonly string[] {
  const paths = new Set<string>();
  collect(value, "", paths, 0);
  return [...paths].sort();
}

function collect(value: unknown, path: string, paths: Set<string>, depth: number): void {
  if (depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const element of value) collect(element, `${path}[]`, paths, depth + 1);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, field] of Object.entries(value)) {
      if (NOISE.has(key)) continue;
      const inner = path === "" ? key : `${path}.${key}`;
      paths.add(inner);
      if (!FREE_FORM.has(key)) collect(field, inner, paths, depth + 1);
    }
  }
}
