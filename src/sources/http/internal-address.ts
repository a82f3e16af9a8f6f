// Loopback, link-local and metadata addresses: redirects from other hosts must not lead there.
import { BlockList, isIP } from "node:net";

/** This machine, or its local link; null: elsewhere. */
type Zone = "machine" | "link" | null;

/**
 * IPv6 ranges that contain an IPv4 address: compatible (RFC 4291, 2.5.5.1), NAT64 (RFC 6052, RFC 8215) and 6to4 (RFC
 * 3056). Node.js itself handles mapped addresses (`::ffff:127.0.0.1`).
 */
const HOLDERS = [
  { before: "::", after: "", bits: 96 },
  { before: "64:ff9b::", after: "", bits: 96 },
  { before: "64:ff9b:1::", after: "", bits: 96 },
  { before: "2002:", after: "::", bits: 16 },
] as const;

/** Loopback (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3) and the unspecified address, which also leads here. */
const machine = listOf(["127.0.0.0/8", "0.0.0.0/8", "::/127"]);

/** Link-local (RFC 3927; RFC 4291, 2.5.6), and the clouds' metadata services, which give a machine its keys. */
const link = listOf([
  "169.254.0.0/16",
  "fe80::/10",
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
  "fd00:ec2::254/128",
  // https://cloud.google.com/compute/docs/metadata/querying-metadata
  "fd20:ce::254/128",
  // https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata
  "100.100.100.200/32",
]);

/** Whether a request to `typed` may be redirected to `host`: a name, or an address with or without brackets. */
export function mayBeLedTo(host: string, typed: string): boolean {
  const zone = zoneOf(host);
  return zone === null || zone === zoneOf(typed);
}

function zoneOf(hostname: string): Zone {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (/(?:^|\.)localhost\.?$/.test(host)) return "machine";
  const family = isIP(host) === 4 ? "ipv4" : "ipv6";
  if (isIP(host) === 0) return null;
  if (machine.check(host, family)) return "machine";
  return link.check(host, family) ? "link" : null;
}

function listOf(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = "", bits = ""] = subnet.split("/");
    if (isIP(address) === 6) list.addSubnet(address, Number(bits), "ipv6");
    else addIpv4(list, address, Number(bits));
  }
  return list;
}

function addIpv4(list: BlockList, address: string, bits: number): void {
  list.addSubnet(address, bits, "ipv4");
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  const groups = [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(":");
  for (const holder of HOLDERS) {
    list.addSubnet(`${holder.before}${groups}${holder.after}`, holder.bits + bits, "ipv6");
  }
}
