// Listens on an address of this machine.
import type { Server } from "node:http";
import { UserError } from "../errors.ts";

/** Where a server listens. */
export interface Address {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** Makes a server listen; returns its port. Throws UserError if it cannot listen. */
export async function listen(server: Server, { host, port }: Address): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      const code = "code" in error ? error.code : null;
      reject(
        code === "EADDRINUSE"
          ? new UserError(`port ${port} is in use on ${host}`, "omit --port to use any free port")
          : new UserError(`cannot listen on ${host}:${port}: ${error.message}`),
      );
    });
    server.listen(port, host, () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return address.port;
}

/** `http://127.0.0.1:8080`, with brackets around an IPv6 address. */
export function originOf({ host, port }: Address): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
