// Reports of the same bytes that arrived at different times.
import { jsonText } from "../../src/model/json-text.ts";

const TIMED: ReadonlySet<string> = new Set(["timing", "reads", "startedAt"]);

/** A report, as JSON, without the values that depend on when its bytes arrived. */
export function untimed(report: unknown): string {
  return jsonText(
    JSON.parse(jsonText(report), (key, value: unknown) => (TIMED.has(key) || key.endsWith("Ms") ? null : value)),
  );
}
