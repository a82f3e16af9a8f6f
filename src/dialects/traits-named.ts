import type { DialectTraits } from "../model/dialect-traits.ts";
import { dialects } from "./index.ts";

/** The traits of the dialect named in a report; null if it names none. */
export function traitsNamed(name: string | null): DialectTraits | null {
  return dialects.find((entry) => entry.name === name)?.load() ?? null;
}
