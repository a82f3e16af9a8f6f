// Names the error of a stream.
import type { Report } from "./report.ts";

/**
 * The code, or else the type, reported by the stream or by its first response with an error; null if there is none.
 * Untrusted text.
 */
export function errorNameOf({ error, responses }: Pick<Report, "error" | "responses">): string | null {
  const reported = error ?? responses.find((response) => response.error !== null)?.error ?? null;
  return reported?.code ?? reported?.type ?? null;
}
