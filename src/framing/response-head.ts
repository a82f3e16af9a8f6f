// Status line and headers of an HTTP response, as tools print them (RFC 9112, 4; `HTTP/2 200` has no reason phrase).
import { withoutSecrets } from "../model/address.ts";
import type { HttpHead } from "../model/http-head.ts";

const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (?<status>[1-9]\d{2})(?: (?<text>.*))?$/;

export function isStatusLine(line: string): boolean {
  return STATUS_LINE.test(line);
}

/**
 * Reads a status line and the header lines after it, without their line ends; null if the first is not a status line.
 */
export function readResponseHead([statusLine = "", ...headers]: readonly string[]): HttpHead | null {
  const { status, text = "" } = STATUS_LINE.exec(statusLine)?.groups ?? {};
  if (status === undefined) return null;
  const location = headerNamed("location", headers);
  return {
    status: Number(status),
    statusText: text.trim(),
    contentType: headerNamed("content-type", headers),
    location: location === null ? null : withoutSecrets(location),
  };
}

/** The value of the header with this lower-case name; null if it is missing. */
export function headerNamed(name: string, lines: readonly string[]): string | null {
  const line = lines.find((line) => line.toLowerCase().startsWith(`${name}:`));
  return line === undefined ? null : line.slice(name.length + 1).trim();
}
