// The files that ssescope writes beside a capture `X.sse`: its times in `X.sse.timing`, its request in
// `X.request.json`, and the reports of a session in `exchanges.ndjson`. None of them is a capture.
import { basename, dirname, extname } from "node:path";
import { captureOfTiming } from "../sources/timed/timing-file.ts";
import { EXCHANGES_FILE, REQUEST_EXTENSION } from "./session-files.ts";

/** Whether a file has the times or the request of a capture, by its name. */
export function isCompanion(name: string): boolean {
  const lower = name.toLowerCase();
  return captureOfTiming(lower) !== null || lower.endsWith(REQUEST_EXTENSION);
}

/**
 * The names without the companions of captures that are named too: a shell makes all of them from `session/*`.
 * `keepsReports`: reports of a session stay, for commands that read them.
 */
export function withoutCompanions(names: readonly string[], keepsReports = false): readonly string[] {
  const companions = names.filter(isCompanion);
  if (companions.length === 0) return names;
  const captures = names.filter((name) => !isCompanion(name));
  const named = new Set([...captures, ...captures.map(stemOf)]);
  const left = new Set(
    companions.filter((name) => named.has(captureOfTiming(name) ?? name.slice(0, -REQUEST_EXTENSION.length))),
  );
  const sessions = new Set([...left].map(dirname));
  const isReports = (name: string) => basename(name) === EXCHANGES_FILE && sessions.has(dirname(name));
  return names.filter((name) => !left.has(name) && (keepsReports || !isReports(name)));
}

function stemOf(capture: string): string {
  return capture.slice(0, capture.length - extname(capture).length);
}
