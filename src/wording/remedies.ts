// What to do about a failure of the network, by the code of its TransportError.

const NAME = "check the host name, and that this machine can look names up";
const TRUST = "give the authority's certificate with --cacert, or skip the check with --insecure";
const RESUME = "to go on where it broke: --reconnect, or --resume for OpenAI background responses";

const REMEDIES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "start the server, or check the host and the port",
  ENOTFOUND: NAME,
  EAI_AGAIN: NAME,
  EHOSTUNREACH: "check the address and the network of this machine",
  ENETUNREACH: "check the address and the network of this machine",
  ETIMEDOUT: "check the host and the port; a firewall may drop the packets",
  CONNECT_TIMEOUT: "check the host and the port, or wait longer with --connect-timeout",
  HEAD_TIMEOUT: "wait longer with --head-timeout, or look for what holds the server up",
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

/** What the user can do, in a few words; null where nothing in general helps. */
export function remedyFor(code: string | null): string | null {
  return (code === null ? undefined : REMEDIES[code]) ?? null;
}
