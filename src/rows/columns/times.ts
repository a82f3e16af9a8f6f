// Columns of times, in ms since the source was opened; null if not recorded. `model/timing.ts` defines each.
import type { GapTiming } from "../../model/timing.ts";
import { column, type Subject } from "../column.ts";

/** The gaps of the response; for a stream without responses, those of the stream. */
function gapsOf({ response, report }: Subject): GapTiming | null {
  const timing = response === null ? report?.timing : response.timing;
  return timing?.gapMs ?? null;
}

export const times = [
  column(
    "connect_ms",
    "double?",
    "Time to an open TCP connection, including the DNS lookup.",
    ({ report }) => report?.timing?.connectMs ?? null,
  ),
  column("tls_ms", "double?", "Time of the TLS handshake alone.", ({ report }) => report?.timing?.tlsMs ?? null),
  column(
    "first_byte_ms",
    "double?",
    "Time to the response headers; from a pipe, to the first bytes.",
    ({ report }) => report?.timing?.ttfbMs ?? null,
  ),
  column(
    "first_event_ms",
    "double?",
    "Time to the chunk that completed the first event of the stream.",
    ({ report }) => report?.timing?.firstEventMs ?? null,
  ),
  column(
    "first_token_ms",
    "double?",
    "Time to first token: to the first event with text, reasoning, a refusal, code or tool arguments.",
    ({ response }) => response?.timing?.ttftMs ?? null,
  ),
  column(
    "first_text_ms",
    "double?",
    "Time to the first event with visible text.",
    ({ response }) => response?.timing?.firstTextMs ?? null,
  ),
  column(
    "generation_ms",
    "double?",
    "Time from the first token to the last.",
    ({ response }) => response?.timing?.generationMs ?? null,
  ),
  column(
    "total_ms",
    "double?",
    "Time to the last event of the response; null if it has no end.",
    ({ response }) => response?.timing?.totalMs ?? null,
  ),
  column(
    "stream_total_ms",
    "double?",
    "Time to the end of the stream.",
    ({ report }) => report?.timing?.totalMs ?? null,
  ),
  column(
    "gap_p50_ms",
    "double?",
    "Median time between two chunks that each completed an event of the response; for a stream without responses, of the stream.",
    (subject) => gapsOf(subject)?.p50 ?? null,
  ),
  column("gap_p95_ms", "double?", "95th percentile of those gaps.", (subject) => gapsOf(subject)?.p95 ?? null),
  column("gap_p99_ms", "double?", "99th percentile of those gaps.", (subject) => gapsOf(subject)?.p99 ?? null),
  column("longest_gap_ms", "double?", "The longest of those gaps.", (subject) => gapsOf(subject)?.max ?? null),
  column(
    "silence_at_end_ms",
    "double?",
    "Time from the last event of the stream to its end.",
    ({ report }) => report?.timing?.silenceAtEndMs ?? null,
  ),
  column(
    "held_back_ms",
    "double?",
    "How long the source was paused, because its bytes were not consumed fast enough; later times are late.",
    ({ report }) => report?.timing?.heldBackMs ?? null,
  ),
  column(
    "tokens_per_second",
    "double?",
    "Reported output tokens divided by the generation time.",
    ({ response }) => response?.timing?.outputTokensPerSecond ?? null,
  ),
  column(
    "server_queue_ms",
    "double?",
    "Time in the server's queue, as reported by the server.",
    ({ response }) => response?.serverTiming?.queueMs ?? null,
  ),
  column(
    "server_prompt_ms",
    "double?",
    "Time to read the input, as reported by the server.",
    ({ response }) => response?.serverTiming?.promptMs ?? null,
  ),
  column(
    "server_completion_ms",
    "double?",
    "Time to generate the output, as reported by the server.",
    ({ response }) => response?.serverTiming?.completionMs ?? null,
  ),
  column(
    "server_total_ms",
    "double?",
    "Total time of the request, as reported by the server.",
    ({ response }) => response?.serverTiming?.totalMs ?? null,
  ),
] as const;
