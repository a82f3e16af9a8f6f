// The examples of rules: `fixtures/rules/<rule id>.invalid.*` and `<rule id>.valid.*`.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = new URL("../../../fixtures/rules/", import.meta.url);
const EXAMPLE = /^(?<id>[^.]+)\.(?<kind>invalid|valid)\.(?:sse|ndjson|http|log|bin)(?:\.gz)?$/;

export interface ExamplePath {
  readonly id: string;
  readonly kind: "invalid" | "valid";
  /** File name in `fixtures/rules/`. */
  readonly name: string;
  readonly path: string;
}

export const examples: readonly ExamplePath[] = readdirSync(FOLDER)
  .sort()
  .flatMap((name) => {
    const { id, kind } = EXAMPLE.exec(name)?.groups ?? {};
    if (id === undefined || (kind !== "invalid" && kind !== "valid")) return [];
    return [{ id, kind, name, path: fileURLToPath(new URL(name, FOLDER)) }];
  });
