import { isIP } from "node:net";

/** Loopback and link-local addresses: of this machine, and of what clouds tell their machines (169.254.169.254). */
export function isInternal(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (host === "localhost" || host.endsWith(".localhost")) return true;
  if (isIP(host) === 4) return /^(?:127|0)\.|^169\.254\./.test(host);
  // Also as IPv4 is written in IPv6.
  return isIP(host) === 6 && /^(?:::1?$|fe[89ab]|::ffff:(?:7f|a9fe|0:))/.test(host);
}
