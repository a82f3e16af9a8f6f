// Which headers belong to one connection, and are not passed on (RFC 9110, 7.6.1).

/** A message's headers as they came: name, value, name, value, with their case, order and repetitions. */
export type RawHeaders = readonly string[];

const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/** Of a request also these: the upstream has a name of its own, and what `Expect` asks for was answered. */
const OF_REQUESTS: ReadonlySet<string> = new Set([...HOP_BY_HOP, "host", "expect"]);

/** What is passed on of a request's headers. */
export function requestHeadersOf(headers: RawHeaders): string[] {
  return without(OF_REQUESTS, headers);
}

/** RFC 6455, 11.3: a handshake belongs to its connection, and extensions are not passed on: messages are relayed as they are. */
const OF_HANDSHAKES: ReadonlySet<string> = new Set([
  ...OF_REQUESTS,
  "sec-websocket-key",
  "sec-websocket-version",
  "sec-websocket-extensions",
  "sec-websocket-accept",
]);

/** What is passed on of the headers of a WebSocket's handshake, of the request and of the response. */
export function handshakeHeadersOf(headers: RawHeaders): string[] {
  return without(OF_HANDSHAKES, headers);
}

/** What is passed on of a response's headers. */
export function responseHeadersOf(headers: RawHeaders): string[] {
  return without(HOP_BY_HOP, headers);
}

/** Each name with its value, in lower case. */
export function* pairsOf(headers: RawHeaders): Generator<readonly [name: string, value: string]> {
  for (let at = 0; at + 1 < headers.length; at += 2) yield [(headers[at] ?? "").toLowerCase(), headers[at + 1] ?? ""];
}

/** The headers by their names in lower case; values of one name are joined by commas. */
export function recordOf(headers: RawHeaders): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [name, value] of pairsOf(headers))
    record[name] = Object.hasOwn(record, name) ? `${record[name]}, ${value}` : value;
  return record;
}

/** The headers without those of these names, in lower case. */
export function withoutHeaders(names: ReadonlySet<string>, headers: RawHeaders): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? "";
    if (!names.has(name.toLowerCase())) kept.push(name, headers[at + 1] ?? "");
  }
  return kept;
}

/** `Connection` names more of them: those of its own connection. */
function without(names: ReadonlySet<string>, headers: RawHeaders): string[] {
  const ofConnection = new Set<string>();
  for (const [name, value] of pairsOf(headers)) {
    if (name === "connection") for (const token of value.split(",")) ofConnection.add(token.trim().toLowerCase());
  }
  return withoutHeaders(new Set([...names, ...ofConnection]), headers);
}
