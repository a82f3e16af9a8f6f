// The name by which a CI groups the tests of a source.

const MOST_PARTS = 20;
const LONGEST_PART = 100;

/**
 * A source as a class name: `captures/openai/hey.sse` becomes `captures.openai.hey_sse`, `https://api.example/v1`
 * becomes `api_example.v1`. Jenkins treats everything before the last dot as the package and groups by it. Untrusted
 * text.
 */
export function classNameOf(source: string): string {
  if (source === "-") return "stdin";
  const parts = source
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .replace(/[?#].*$/s, "")
    .split(/[/\\]/)
    .filter((part) => !/^\.{0,2}$/.test(part));
  // The last parts say more than the first ones.
  const kept = parts.slice(-MOST_PARTS).map((part) => part.slice(0, LONGEST_PART).replaceAll(".", "_"));
  return kept.join(".") || "source";
}
