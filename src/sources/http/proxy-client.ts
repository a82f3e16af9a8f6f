// Clients for connections through a proxy: tunnels are there in time or fail at once, and connections have their times.
import { Socket } from "node:net";
import { type buildConnector, type Dispatcher, Pool } from "undici";
import { TransportError } from "../../errors.ts";
import { type ConnectionEnd, followEnd } from "./connection-end.ts";
import type { ConnectionTimes } from "./connector.ts";
import { timedOut } from "./transport-errors.ts";

/** undici's code for a connection that the other side closed: it takes that for a reason to connect again, for ever. */
const CLOSED = "UND_ERR_SOCKET";

type Factory = (origin: string | URL, options: object) => Dispatcher;

/** What makes the clients of undici's ProxyAgent: the one that asks a proxy for tunnels, and all others. */
export interface ProxyFactories {
  readonly clientFactory: Factory;
  readonly factory: Factory;
}

/** Notes in `times` when the connection to the proxy, the tunnel, and TLS through it were there, and in `end` how it ends. */
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
 * The same way to connect, with its times: one that opens a socket is that to the proxy; one that does not goes through the
 * tunnel, and has the TLS handshake with the server behind it when it is done.
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
