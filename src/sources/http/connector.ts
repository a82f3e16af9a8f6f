// Opens connections and measures their times.
import { connect as connectTcp, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import type { buildConnector } from "undici";
import { TransportError } from "../../errors.ts";
import { type ConnectionEnd, followEnd } from "./connection-end.ts";
import { mayBeLedTo } from "./internal-address.ts";
import type { OpeningTimes } from "../../model/timing.ts";
import type { Network } from "./network.ts";
import { followStreams } from "./stream-resets.ts";
import { timedOut } from "./transport-errors.ts";

/** When the steps of the last connection were done, by `performance.now()`; null until then. */
export interface ConnectionTimes {
  /** With a proxy: the connection to the proxy. */
  tcpAtMs: number | null;
  /** When a proxy had opened its tunnel; null without one. */
  tunnelAtMs: number | null;
  tlsAtMs: number | null;
}

export function notConnected(): ConnectionTimes {
  return { tcpAtMs: null, tunnelAtMs: null, tlsAtMs: null };
}

/** The times of a response whose headers arrived at `headAtMs`, by `performance.now()`, in ms since `openedAtMs`. */
export function openingOf(times: ConnectionTimes, openedAtMs: number, headAtMs: number | null): OpeningTimes {
  const { tcpAtMs, tunnelAtMs, tlsAtMs } = times;
  // An existing connection took no time.
  const isNew = tcpAtMs !== null && tcpAtMs >= openedAtMs;
  const handshakeAtMs = tunnelAtMs ?? tcpAtMs;
  return {
    connectMs: isNew ? tcpAtMs - openedAtMs : null,
    tlsMs: !isNew || handshakeAtMs === null || tlsAtMs === null ? null : tlsAtMs - handshakeAtMs,
    headMs: headAtMs === null ? null : headAtMs - openedAtMs,
  };
}

/** Timeout for each address of a host except the last: Node.js's 250 ms is too short for distant servers. */
const FAMILIES = { autoSelectFamilyAttemptTimeout: 1000 };
const HTTPS_PORT = 443;
const HTTP_PORT = 80;

/**
 * Makes connections for undici, and records their times in `times` and how they end in `end`. If a redirect names the
 * host, the connection fails when that host resolves to this machine.
 */
export function createConnector(
  network: Network,
  typedHost: string,
  times: ConnectionTimes,
  end: ConnectionEnd,
): buildConnector.connector {
  return ({ hostname, protocol, port, servername }, callback) => {
    const isTls = protocol === "https:";
    const address = { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || (isTls ? HTTPS_PORT : HTTP_PORT) };
    const socket = isTls
      ? connectTls({
          ...address,
          ...FAMILIES,
          ...tlsOptions(network),
          servername: servername ?? serverNameOf(address.host),
        })
      : connectTcp({ ...address, ...FAMILIES });
    const settle = once((error: Error | null) => {
      clearTimeout(timer);
      if (error === null && network.http2)
        followStreams(
          () => callback(null, socket),
          (reset) => (end.reset = reset),
        );
      else if (error === null) callback(null, socket);
      else callback(error, null);
    });
    const timer = setTimeout(() => {
      settle(timedOut("connect", network.connectTimeoutMs));
      socket.destroy();
    }, network.connectTimeoutMs);
    socket.setNoDelay(true).setKeepAlive(true);
    followEnd(socket, end);
    socket.on("lookup", (error: Error | null, found: string) => {
      // The event "error" follows.
      if (error !== null) return;
      if (hostname === typedHost || mayBeLedTo(found, typedHost)) return;
      settle(
        new TransportError(
          "LOCAL_ADDRESS",
          `a redirect leads to a loopback, link-local or metadata address (${hostname})`,
        ),
      );
      socket.destroy();
    });
    socket.once("connect", () => {
      times.tcpAtMs = performance.now();
      times.tunnelAtMs = null;
      times.tlsAtMs = null;
      if (!isTls) settle(null);
    });
    socket.once("secureConnect", () => {
      times.tlsAtMs = performance.now();
      settle(null);
    });
    socket.on("error", settle);
    // A server may close the connection during the handshake.
    socket.once("close", () => settle(hungUp()));
  };
}

/** TLS options: trusted certificates and offered protocols. */
export function tlsOptions({ authorities, insecure, http2 }: Network) {
  return {
    ...(authorities !== null && { ca: authorities }),
    rejectUnauthorized: !insecure,
    ALPNProtocols: http2 ? ["h2", "http/1.1"] : ["http/1.1"],
  };
}

function hungUp(): Error {
  return Object.assign(new Error("the server closed the connection"), { code: "ECONNRESET" });
}

/** The TLS server name of a host; empty for an IP address (RFC 6066, section 3). */
export function serverNameOf(host: string): string {
  return isIP(host) === 0 ? host : "";
}

function once<Argument>(call: (argument: Argument) => void): (argument: Argument) => void {
  let isCalled = false;
  return (argument) => {
    if (isCalled) return;
    isCalled = true;
    call(argument);
  };
}
