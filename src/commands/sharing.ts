// Turns a recorded session into one that can be shared.
import { createCaptureRedactor } from "../capture/redact/redactor.ts";
import { readToEnd } from "../library/result.ts";
import type { InspectOptions, Showing } from "../pipeline/inspect-source.ts";
import { fileSource } from "../sources/file.ts";
import type { Sharing } from "../tap/session.ts";

/** `reading` has the options for reading streams; `unseen` shows nothing of the redacted copies. */
export function sharingOf(reading: InspectOptions, unseen: Showing, interrupt: AbortSignal): Sharing {
  return {
    redactor: (http) => createCaptureRedactor({ ...reading, http }),
    inspect: async (path) => (await readToEnd(fileSource(path), reading, unseen, interrupt)).reports,
  };
}
