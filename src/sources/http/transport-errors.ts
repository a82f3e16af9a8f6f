// Turns errors of the system and of the HTTP client into messages.
import { isError, TransportError, UserError } from "../../errors.ts";
import { formatDuration } from "../../wording/durations.ts";
import { maskSecrets } from "../secrets.ts";

const REASONS: Record<string, string> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was reset",
  ENOTFOUND: "unknown host name",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  EPIPE: "the server closed the connection",
  ETIMEDOUT: "the connection timed out",
  UND_ERR_SOCKET: "the server closed the connection before the body was complete",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate comes from an authority that is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server's certificate cannot be verified",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the server's certificate comes from an authority that is not trusted",
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another name",
  ERR_SSL_WRONG_VERSION_NUMBER: "the server does not use TLS on this port; did you mean http://?",
};

/** Where the connection ends before there is a response. */
const OPENING_REASONS: Record<string, string> = {
  ...REASONS,
  UND_ERR_SOCKET: "the server closed the connection without a response",
};

/** It is the options that are wrong, not the network. */
const UNSENDABLE = new Set(["UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED", "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH"]);

/** A proxy's response that refuses the connection. */
const PROXY_REFUSAL = /^Proxy response \((?<status>\d+)\)|^Proxy Authentication Required \((?<missing>\d+)\)/;

const PROXIED = "the environment names a proxy";

/** What undici's parser of HTTP throws; its codes are those of the parser, or none. */
const PARSER_ERROR = "HTTPParserError";

export interface Circumstances {
  readonly url: URL;
  /** There was a response, whose body was being read. */
  readonly isAnswered: boolean;
  readonly isProxied: boolean;
  readonly connectTimeoutMs: number;
  readonly secrets: readonly string[];
}

/** The TransportError for what was thrown; UserError where it is the request that is wrong. What is a bug stays itself. */
export function asTransportError(error: unknown, at: Circumstances): unknown {
  if (!isError(error)) return error;
  if (error instanceof TransportError) return new TransportError(error.code, maskSecrets(error.message, at.secrets));
  const { status, missing } = PROXY_REFUSAL.exec(error.message)?.groups ?? {};
  const proxyStatus = status ?? missing;
  if (proxyStatus !== undefined) {
    return new TransportError("PROXY_REFUSED", `the proxy refused the connection: HTTP ${proxyStatus}`);
  }
  if (error.name === PARSER_ERROR) {
    return new TransportError("INVALID_HTTP", `the server sent invalid HTTP (${at.url.host})`);
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  // Without a code it is not the network's doing.
  if (code === null) return error;
  if (code === "UND_ERR_CONNECT_TIMEOUT") return timedOut("connect", at.connectTimeoutMs);
  const message = maskSecrets(error.message, at.secrets);
  if (UNSENDABLE.has(code)) return new UserError(`this request cannot be sent: ${message}`);
  const reason = (at.isAnswered ? REASONS : OPENING_REASONS)[code];
  // All that may name a host is in parentheses: a recording that is shared leaves them out.
  const place = [...(reason === undefined ? [message] : []), at.url.host, ...(at.isProxied ? [PROXIED] : [])];
  return new TransportError(code, `${reason ?? "the connection failed"} (${place.join("; ")})`);
}

/** What will be the same next time: whose certificate a server has, and what is asked of it. */
const LASTING =
  /^(?:DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_|ERR_TLS|ERR_SSL|PROXY_REFUSED|LOCAL_ADDRESS|UNKNOWN_CONTENT|MAX_TIME)/;

/** Whether the same request may do better next time. */
export function mayPass(error: unknown): boolean {
  return error instanceof TransportError && !LASTING.test(error.code);
}

/** The ways in which time runs out, each with its own code and option. */
const TIMEOUTS = {
  connect: { code: "CONNECT_TIMEOUT", what: "no connection within", option: "--connect-timeout" },
  head: { code: "HEAD_TIMEOUT", what: "no response headers within", option: "--head-timeout" },
  idle: { code: "IDLE_TIMEOUT", what: "no bytes for", option: "--idle-timeout" },
  max: { code: "MAX_TIME", what: "not finished after", option: "--max-time" },
} as const;

export function timedOut(kind: keyof typeof TIMEOUTS, limitMs: number): TransportError {
  const { code, what, option } = TIMEOUTS[kind];
  return new TransportError(code, `${what} ${formatDuration(limitMs)} (${option})`);
}
