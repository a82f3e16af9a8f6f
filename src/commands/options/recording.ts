// Options for recording a source.
import type { CommandOption } from "./option.ts";

export const recordingOptions = [
  {
    name: "record",
    category: "recording",
    value: "<file>",
    summary: "record the input to a file",
    details: () =>
      "FILE contains the bytes as they arrived. FILE.timing beside it contains the time of each chunk, the HTTP " +
      "request and response headers without keys, and how the stream ended. Reading FILE later restores " +
      "them. A missing folder is created. An existing FILE is overwritten; put the time into its name to keep it: " +
      "--record run-$(date +%s).sse.",
    completes: "paths",
  },
  {
    name: "redact",
    category: "recording",
    summary: "make the recording safe to share",
    details: () =>
      "Texts, tool arguments, ids and encrypted content are replaced; the same value always gets the same " +
      "replacement. Structure, sizes and times stay, and so do findings and verdict.",
  },
] as const satisfies readonly CommandOption[];
