// Converts errors of the system and of undici to messages.
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

/** For a connection that ends before the response. */
const OPENING_REASONS: Record<string, string> = {
  ...REASONS,
  UND_ERR_SOCKET: "the server closed the connection without a response",
};

/** Errors caused by the options, not the network. */
const UNSENDABLE = new Set(["UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED", "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH"]);

/** The messages of undici for a proxy that refuses the connection. */
const PROXY_REFUSAL = /^Proxy response \((?<status>\d+)\)|^Proxy Authentication Required \((?<missing>\d+)\)/;

const PROXIED = "a proxy is set in the environment";

/** The error of undici's HTTP parser; its codes are those of the parser, or missing. */
const PARSER_ERROR = "HTTPParserError";

export interface Circumstances {
  readonly url: URL;
  /** The response headers had arrived, and the body was being read. */
  readonly isAnswered: boolean;
  readonly isProxied: boolean;
  readonly connectTimeoutMs: number;
  readonly secrets: readonly string[];
}

/** Converts an error to a TransportError, or to a UserError if the request is wrong. A bug's error stays as it is. */
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
  // Errors without a code do not come from the network.
  if (code === null) return error;
  if (code === "UND_ERR_CONNECT_TIMEOUT") return timedOut("connect", at.connectTimeoutMs);
  const message = maskSecrets(error.message, at.secrets);
  if (UNSENDABLE.has(code)) return new UserError(`this request cannot be sent: ${message}`);
  const reason = (at.isAnswered ? REASONS : OPENING_REASONS)[code];
  // Text that may name a host is in parentheses, which shared recordings leave out.
  const place = [...(reason === undefined ? [message] : []), at.url.host, ...(at.isProxied ? [PROXIED] : [])];
  return new TransportError(code, `${reason ?? "the connection failed"} (${place.join("; ")})`);
}

/** Codes of errors that a retry cannot fix, such as invalid certificates. */
const LASTING =
  /^(?:DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_|ERR_TLS|ERR_SSL|PROXY_REFUSED|LOCAL_ADDRESS|UNKNOWN_CONTENT|MAX_TIME)/;

/** Whether a retry may succeed. */
export function mayPass(error: unknown): boolean {
  return error instanceof TransportError && !LASTING.test(error.code);
}

/** The kinds of timeout, each with its own code and option. */
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
