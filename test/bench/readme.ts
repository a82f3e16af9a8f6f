// The place in README that quotes the benchmark.
import { readFileSync, writeFileSync } from "node:fs";

const README = "README.md";
const PLACE = /(?<begin><!-- npm run bench [^]*?-->\n)[^]*?(?<end><!-- end of npm run bench -->)/;

/** Replaces what README quotes. */
export function renewReadme(parts: readonly string[]): void {
  const text = readFileSync(README, "utf8");
  if (!PLACE.test(text)) throw new Error("README has no place for the benchmark");
  writeFileSync(
    README,
    text.replace(PLACE, (_, begin: string, end: string) => `${begin}\n${parts.join("\n")}\n${end}`),
  );
}
