// What to do about a network failure, by the code of its TransportError.

const NAME = "check the host name and this machine's DNS";
const TRUST = "pass the CA certificate with --cacert, or skip the check with --insecure";
const RESUME = "to continue after a break, use --reconnect, or --resume for OpenAI background responses";

const REMEDIES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "start the server, or check the host and the port",
  ENOTFOUND: NAME,
  EAI_AGAIN: NAME,
  EHOSTUNREACH: "check the address and the network of this machine",
  ENETUNREACH: "check the address and the network of this machine",
  ETIMEDOUT: "check the host and the port; a firewall may drop the packets",
  CONNECT_TIMEOUT: "check the host and the port, or set a longer --connect-timeout",
  HEAD_TIMEOUT: "set a longer --head-timeout, or check why the server is slow",
  DEPTH_ZERO_SELF_SIGNED_CERT: TRUST,
  SELF_SIGNED_CERT_IN_CHAIN: TRUST,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: TRUST,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: TRUST,
  ERR_TLS_CERT_ALTNAME_INVALID: "use the name that the certificate is for",
  ERR_SSL_WRONG_VERSION_NUMBER: "write http:// instead of https://, or check the port",
  PROXY_REFUSED: "check HTTP_PROXY, HTTPS_PROXY and NO_PROXY",
  ECONNRESET: RESUME,
  UND_ERR_SOCKET: RESUME,
};

/** What the user can do, in a few words; null if there is no general advice. */
export function remedyFor(code: string | null): string | null {
  return (code === null ? undefined : REMEDIES[code]) ?? null;
}
