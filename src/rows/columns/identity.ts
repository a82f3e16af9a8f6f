// Columns that identify a response and its stream.
import { column } from "../column.ts";
import { keyOf } from "../key.ts";
import { shortText } from "../short-text.ts";

/** Name and version of the format. */
export const ROW_SCHEMA = "ssescope/row@1";

export const identity = [
  column("schema", "string", `Name and version of this format: ${ROW_SCHEMA}.`, () => ROW_SCHEMA),
  column(
    "row_id",
    "string",
    "Hash of source, exchange, started_at, stream_index and response_index; the same in every run for a capture.",
    keyOf,
  ),
  column(
    "source",
    "string",
    "Path, - for standard input, or URL without its secrets.",
    ({ checked }) => checked.source,
  ),
  column("stream_index", "integer", "Index of the stream in the source, from 0.", ({ checked }) => checked.streamIndex),
  column(
    "response_index",
    "integer",
    "Index of the response in the stream, from 0; 0 for the row of a stream without responses.",
    ({ index }) => index,
  ),
  column(
    "responses",
    "integer",
    "Number of responses in the stream; 0 if the row is for the stream itself, or for a source that could not be read.",
    ({ report }) => report?.responses.length ?? 0,
  ),
  column(
    "stream_name",
    "string?",
    "Origin of the stream in a log or an archive: a service, a job, or its request.",
    ({ report }) => shortText(report?.stream?.name),
  ),
  column(
    "stream_line",
    "integer?",
    "Line of the stream in a log or an archive, from 1.",
    ({ report }) => report?.stream?.line ?? null,
  ),
  column("response_id", "string?", "Id of the response.", ({ response }) => shortText(response?.id)),
  column("model", "string?", "The model that responded.", ({ response }) => shortText(response?.model)),
  column("service_tier", "string?", "The service tier, as named by the provider.", ({ response }) =>
    shortText(response?.serviceTier),
  ),
  column("dialect", "string?", "The protocol inside the events.", ({ report }) => report?.dialect ?? null),
  column("framing", "string?", "How the events are wrapped.", ({ report }) => report?.framing ?? null),
  column(
    "started_at",
    "timestamp?",
    "When the source was opened, as measured or recorded.",
    ({ report }) => report?.startedAt ?? null,
  ),
] as const;
