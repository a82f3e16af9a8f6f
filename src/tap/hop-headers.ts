// Removes the headers that belong to one connection (RFC 9110, 7.6.1).

/** Headers as received: name, value, name, value; case, order and repetitions are kept. */
export type RawHeaders = readonly string[];

const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/** In requests also these: the upstream has another host, and the tap itself has responded to `Expect`. */
const OF_REQUESTS: ReadonlySet<string> = new Set([...HOP_BY_HOP, "host", "expect"]);

/** The request headers to forward. */
export function requestHeadersOf(headers: RawHeaders): string[] {
  return without(OF_REQUESTS, headers);
}

/** RFC 6455, 11.3: a handshake belongs to its connection. No extensions: messages are relayed unchanged. */
const OF_HANDSHAKES: ReadonlySet<string> = new Set([
  ...OF_REQUESTS,
  "sec-websocket-key",
  "sec-websocket-version",
  "sec-websocket-extensions",
  "sec-websocket-accept",
]);

/** The headers of a WebSocket handshake to forward, in the request and in the response. */
export function handshakeHeadersOf(headers: RawHeaders): string[] {
  return without(OF_HANDSHAKES, headers);
}

/** The response headers to forward. */
export function responseHeadersOf(headers: RawHeaders): string[] {
  return without(HOP_BY_HOP, headers);
}

/** Each name, in lower case, with its value. */
export function* pairsOf(headers: RawHeaders): Generator<readonly [name: string, value: string]> {
  for (let at = 0; at + 1 < headers.length; at += 2) yield [(headers[at] ?? "").toLowerCase(), headers[at + 1] ?? ""];
}

/** The headers by lower-case name; values of the same name are joined by commas. */
export function recordOf(headers: RawHeaders): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [name, value] of pairsOf(headers))
    record[name] = Object.hasOwn(record, name) ? `${record[name]}, ${value}` : value;
  return record;
}

/** The headers without those named; `names` are in lower case. */
export function withoutHeaders(names: ReadonlySet<string>, headers: RawHeaders): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? "";
    if (!names.has(name.toLowerCase())) kept.push(name, headers[at + 1] ?? "");
  }
  return kept;
}

/** The `Connection` header names further headers of its connection. */
function without(names: ReadonlySet<string>, headers: RawHeaders): string[] {
  const ofConnection = new Set<string>();
  for (const [name, value] of pairsOf(headers)) {
    if (name === "connection") for (const token of value.split(",")) ofConnection.add(token.trim().toLowerCase());
  }
  return withoutHeaders(new Set([...names, ...ofConnection]), headers);
}
