// Finds the stream for the examples of a new rule: a fixture without findings.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isThere, read } from "./plan.ts";
import { ScaffoldError } from "./scaffold-error.ts";

/** The simplest stream, of the first dialect. */
const PLAINEST = { dialect: "openai-responses", path: "fixtures/openai-responses/hey.sse" };

/**
 * An intact, completed stream of a dialect (null: any), as Server-Sent Events without ids. Throws ScaffoldError if the
 * dialect has no such fixture.
 */
export function intactStream(root: string, dialect: string | null): string {
  if (dialect === null || dialect === PLAINEST.dialect) return read(root, PLAINEST.path);
  const names = readdirSync(join(root, "fixtures", dialect))
    .filter((file) => file.endsWith(".report.json"))
    .map((file) => `fixtures/${dialect}/${file.slice(0, -".report.json".length)}`);
  // The simplest one first, if there is one.
  names.sort((one, other) => Number(other.endsWith("/text")) - Number(one.endsWith("/text")));
  for (const name of names) {
    if (!isIntact(JSON.parse(read(root, `${name}.report.json`)))) continue;
    const stream = isThere(root, `${name}.sse`) ? read(root, `${name}.sse`) : asEvents(read(root, `${name}.ndjson`));
    if (!/^\ufeff|^id/m.test(stream)) return stream;
  }
  throw new ScaffoldError(`fixtures/${dialect} has no completed stream without findings, which the examples need`);
}

interface Report {
  readonly verdict: string;
  readonly findings: readonly unknown[];
}

function isIntact({ verdict, findings }: Report): boolean {
  return verdict === "completed" && findings.length === 0;
}

/** Lines of JSON as Server-Sent Events. */
function asEvents(lines: string): string {
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => `data: ${line}\n\n`)
    .join("");
}
