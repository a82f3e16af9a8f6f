// Generated files are texts with places for names: `{{name}}`.
import { read } from "./plan.ts";

/** A template with its places filled. Throws if it has a place for which there is no value. */
export function fill(root: string, template: string, values: Readonly<Record<string, string>>): string {
  return read(root, `test/scaffold/templates/${template}`).replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`${template} has a place for ${key}, which has no value`);
    return value;
  });
}
