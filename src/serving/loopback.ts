// Decides which host names mean this machine.
import { isIP } from "node:net";

/** Whether an address, or the value of a Host header, means this machine: `localhost`, 127.0.0.0/8, `::1`. */
export function isLoopbackHost(host: string): boolean {
  const name = host
    .replace(/^\[(?<address>.*?)\](?::\d+)?$/, "$<address>")
    .replace(/^(?<name>[^:]*):\d+$/, "$<name>")
    .toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  return isIP(name) === 4 ? name.startsWith("127.") : name === "::1";
}
