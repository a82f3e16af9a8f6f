// Names the sources without a stream.
import { formatCount } from "../../wording/counts.ts";
import { cut } from "../../wording/cut.ts";
import type { WithoutStream } from "../without-stream.ts";

const MOST_NAMED = 3;
const LONGEST_REASON = 80;

/** `notes.md (text, not an event stream: # Notes); gone.sse (no such file); 4 more`. Untrusted text. */
export function listSources({ count, examples }: WithoutStream): string {
  const named = examples.slice(0, MOST_NAMED).map(({ source, reason }) => {
    return reason === null ? source : `${source} (${cut(reason, LONGEST_REASON)})`;
  });
  const left = count - named.length;
  return [...named, ...(left > 0 ? [`${formatCount(left)} more`] : [])].join("; ");
}

/** `no source has a stream: - (the input is empty); check …`. Untrusted text. */
export function describeNoStreams(withoutStream: WithoutStream): string {
  const named = withoutStream.count === 0 ? "" : `: ${listSources(withoutStream)}`;
  return `no source has a stream${named}; check the paths, or the program that writes the input`;
}
