// What a CI groups the tests of a source by.

const MOST_PARTS = 20;
const LONGEST_PART = 100;

/**
 * A source as the name of a class: `captures/openai/hey.sse` is `captures.openai.hey_sse`, `https://api.example/v1` is
 * `api_example.v1`. Jenkins takes what is before the last dot for a package and groups by it. Untrusted text.
 */
export function classNameOf(source: string): string {
  if (source === "-") return "stdin";
  const parts = source
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .replace(/[?#].*$/s, "")
    .split(/[/\\]/)
    .filter((part) => !/^\.{0,2}$/.test(part));
  // The last ones say more than the first ones.
  const kept = parts.slice(-MOST_PARTS).map((part) => part.slice(0, LONGEST_PART).replaceAll(".", "_"));
  return kept.join(".") || "source";
}
