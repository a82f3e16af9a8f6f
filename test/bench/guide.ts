// The place in the guide that quotes the benchmark.
import { readFileSync, writeFileSync } from "node:fs";

const GUIDE = "test/bench/README.md";
const PLACE = /(?<begin><!-- npm run bench [^]*?-->\n)[^]*?(?<end><!-- end of npm run bench -->)/;

/** Replaces what the guide quotes. */
export function renewGuide(parts: readonly string[]): void {
  const text = readFileSync(GUIDE, "utf8");
  if (!PLACE.test(text)) throw new Error("the guide has no place for the benchmark");
  writeFileSync(
    GUIDE,
    text.replace(PLACE, (_, begin: string, end: string) => `${begin}\n${parts.join("\n")}\n${end}`),
  );
}
