// Writes the results of the benchmark into its guide.
import { readFileSync, writeFileSync } from "node:fs";

const GUIDE = "test/bench/README.md";
const PLACE = /(?<begin><!-- npm run bench [^]*?-->\n)[^]*?(?<end><!-- end of npm run bench -->)/;

/** Replaces the results in the guide. Throws if the guide has no place for them. */
export function renewGuide(parts: readonly string[]): void {
  const text = readFileSync(GUIDE, "utf8");
  if (!PLACE.test(text)) throw new Error("the guide has no place for the benchmark");
  writeFileSync(
    GUIDE,
    text.replace(PLACE, (_, begin: string, end: string) => `${begin}\n${parts.join("\n")}\n${end}`),
  );
}
