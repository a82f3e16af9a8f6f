// The client for a proxy that is asked for a tunnel.
import { type Dispatcher, Pool } from "undici";
import { TransportError } from "../../errors.ts";
import { timedOut } from "./transport-errors.ts";

/** undici's code for a connection that the other side closed: it takes that for a reason to connect again, for ever. */
const CLOSED = "UND_ERR_SOCKET";

/** Makes clients for undici's ProxyAgent, whose tunnels are there in time or fail at once. */
export function proxyClients(connectTimeoutMs: number): (origin: URL, options: object) => Dispatcher {
  return (origin, options) => {
    const pool = new Pool(origin, options);
    const connect: Pool["connect"] = pool.connect.bind(pool);
    const connectInTime = async (asked: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
      const limit = AbortSignal.timeout(connectTimeoutMs);
      const signal = asked.signal instanceof AbortSignal ? AbortSignal.any([asked.signal, limit]) : limit;
      try {
        return await connect({ ...asked, signal });
      } catch (error) {
        if (limit.aborted) throw timedOut("connect", connectTimeoutMs);
        const isClosed = error instanceof Error && "code" in error && error.code === CLOSED;
        throw isClosed
          ? new TransportError("PROXY_CLOSED", "the proxy closed the connection without a response")
          : error;
      }
    };
    return Object.assign(pool, { connect: connectInTime });
  };
}
