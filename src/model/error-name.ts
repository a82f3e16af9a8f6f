// What the error of a stream is called.
import type { Report } from "./report.ts";

/** The code, else the type, of what the stream or its first response with an error reports; null: there is none. Untrusted text. */
export function errorNameOf({ error, responses }: Pick<Report, "error" | "responses">): string | null {
  const reported = error ?? responses.find((response) => response.error !== null)?.error ?? null;
  return reported?.code ?? reported?.type ?? null;
}
