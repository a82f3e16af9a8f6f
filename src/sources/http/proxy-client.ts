// undici clients for connections through a proxy: tunnels have a timeout and fail at once, and connections are timed.
import { Socket } from "node:net";
import { type buildConnector, type Dispatcher, Pool } from "undici";
import { TransportError } from "../../errors.ts";
import { type ConnectionEnd, followEnd } from "./connection-end.ts";
import type { ConnectionTimes } from "./connector.ts";
import { timedOut } from "./transport-errors.ts";

/** undici's code for a connection that the other side closed. On its own, undici would reconnect forever. */
const CLOSED = "UND_ERR_SOCKET";

type Factory = (origin: string | URL, options: object) => Dispatcher;

/** The factories of undici's ProxyAgent: for the client that asks a proxy for tunnels, and for all others. */
export interface ProxyFactories {
  readonly clientFactory: Factory;
  readonly factory: Factory;
}

/** Records in `times` when the connection to the proxy, the tunnel, and TLS are ready, and in `end` how it ends. */
export function proxyFactories(connectTimeoutMs: number, times: ConnectionTimes, end: ConnectionEnd): ProxyFactories {
  const factory = (origin: string | URL, options: Pool.Options): Pool =>
    new Pool(origin, { ...options, ...timedConnect(options, times, end) });

  return {
    factory,
    clientFactory(origin, options) {
      const pool = factory(origin, options);
      const connect: Pool["connect"] = pool.connect.bind(pool);
      const connectInTime = async (asked: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
        const limit = AbortSignal.timeout(connectTimeoutMs);
        const signal = asked.signal instanceof AbortSignal ? AbortSignal.any([asked.signal, limit]) : limit;
        try {
          const tunnel = await connect({ ...asked, signal });
          times.tunnelAtMs = performance.now();
          return tunnel;
        } catch (error) {
          if (limit.aborted) throw timedOut("connect", connectTimeoutMs);
          const isClosed = error instanceof Error && "code" in error && error.code === CLOSED;
          throw isClosed
            ? new TransportError("PROXY_CLOSED", "the proxy closed the connection without a response")
            : error;
        }
      };
      return Object.assign(pool, { connect: connectInTime });
    },
  };
}

/**
 * Wraps a connector to record its times. A call that opens a socket connects to the proxy; one that does not goes
 * through the tunnel, and ends after the TLS handshake with the server.
 */
function timedConnect(
  { connect }: Pool.Options,
  times: ConnectionTimes,
  end: ConnectionEnd,
): Pick<Pool.Options, "connect"> {
  if (typeof connect !== "function") return {};
  const timed: buildConnector.connector = (options, callback) => {
    const socket: unknown = connect(options, (...result) => {
      const isThroughTunnel = !(socket instanceof Socket) && options.protocol === "https:";
      if (result[0] === null) {
        if (isThroughTunnel) times.tlsAtMs = performance.now();
        followEnd(result[1], end);
      }
      callback(...result);
    });
    if (!(socket instanceof Socket)) return;
    socket.once("connect", () => {
      times.tcpAtMs = performance.now();
      times.tunnelAtMs = null;
      times.tlsAtMs = null;
    });
  };
  return { connect: timed };
}
