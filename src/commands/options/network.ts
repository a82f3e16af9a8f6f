// Options for connections and timeouts.
import type { CommandOption } from "./option.ts";
import { parseTime } from "./parse-values.ts";

const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;

/** How to connect. */
export const connectionOptions = [
  {
    name: "connect-timeout",
    category: "network",
    value: "<duration>",
    summary: "limit the time to connect",
    details: () => "It includes DNS, TCP and TLS. The error code in the report is CONNECT_TIMEOUT.",
    parse: parseTime,
    default: { value: DEFAULT_CONNECT_TIMEOUT_MS, text: "10s" },
  },
  {
    name: "cacert",
    category: "network",
    value: "<file>",
    summary: "trust these certificates (PEM), not the system's",
    completes: "paths",
  },
  {
    name: "insecure",
    category: "network",
    summary: "accept any TLS certificate",
  },
  {
    name: "http2",
    category: "network",
    summary: "use HTTP/2 if the server supports it",
  },
] as const satisfies readonly CommandOption[];

export const networkOptions = [
  ...connectionOptions,
  {
    name: "head-timeout",
    category: "network",
    value: "<duration>",
    summary: "limit the time until response headers arrive",
    details: () => "The error code in the report is HEAD_TIMEOUT.",
    parse: parseTime,
  },
  {
    name: "idle-timeout",
    category: "network",
    value: "<duration>",
    summary: "limit the silence between two bytes",
    details: () => "The error code in the report is IDLE_TIMEOUT.",
    parse: parseTime,
  },
  {
    name: "max-time",
    category: "network",
    value: "<duration>",
    summary: "limit the time of the whole request",
    details: () => "It includes the response. The error code in the report is MAX_TIME.",
    parse: parseTime,
  },
] as const satisfies readonly CommandOption[];
