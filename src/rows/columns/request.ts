// Columns about the request, and the response headers.
import { column } from "../column.ts";
import { shortText } from "../short-text.ts";

export const request = [
  column(
    "exchange",
    "integer?",
    "Number of the request, counted by ssescope tap or --repeat.",
    ({ report }) => report?.request?.exchange ?? null,
  ),
  column("request_method", "string?", "Method of the request.", ({ report }) => shortText(report?.request?.method)),
  column("request_path", "string?", "Path and query of the request.", ({ report }) => shortText(report?.request?.path)),
  column("request_model", "string?", "The model in the request.", ({ report }) => shortText(report?.request?.model)),
  column("http_status", "integer?", "HTTP status of the response.", ({ report }) => report?.http?.status ?? null),
  column("content_type", "string?", "Content type of the HTTP response.", ({ report }) =>
    shortText(report?.http?.contentType),
  ),
  column(
    "attempts",
    "integer?",
    "Number of times that the request was sent, including retries.",
    ({ report }) => report?.http?.attempts ?? (report?.http ? 1 : null),
  ),
  column(
    "breaks",
    "integer",
    "Number of breaks after which another connection continued the stream, up to 1,000.",
    ({ report }) => report?.breaks.length ?? 0,
  ),
] as const;
