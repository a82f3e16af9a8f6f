// Fills templates of generated files, which have placeholders for names: `{{name}}`.
import { read } from "./plan.ts";

/** A template with its placeholders replaced. Throws if a placeholder has no value. */
export function fill(root: string, template: string, values: Readonly<Record<string, string>>): string {
  return read(root, `test/scaffold/templates/${template}`).replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`${template} has the placeholder ${key}, which has no value`);
    return value;
  });
}
