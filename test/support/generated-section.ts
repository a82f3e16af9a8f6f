// Generated parts of Markdown files: the text between `<!-- <name>: … -->` and `<!-- end of <name> -->`.
import { readFileSync } from "node:fs";
import { format } from "oxfmt";

/** The file with its generated part replaced, formatted. Throws if there is no such part. */
export async function withSection(path: string, name: string, content: string): Promise<string> {
  const text = readFileSync(path, "utf8");
  const place = new RegExp(`(<!-- ${name}: [^]*?-->\n)[^]*?(<!-- end of ${name} -->)`);
  if (!place.test(text)) throw new Error(`${path} has no place for ${name}`);
  const renewed = text.replace(place, (_, begin: string, end: string) => `${begin}\n${content}\n\n${end}`);
  return (await format(path, renewed, { printWidth: 120 })).code;
}

/** A table; the formatter pads its cells. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
