// Redirects from a host outside this machine. DNS lookups are simulated, with loopback addresses.
import dns from "node:dns";
import { afterEach, describe, expect, test } from "vitest";
import { hey } from "../../support/captured.ts";
import { run } from "../../support/io.ts";
import { parseReport } from "../../support/read-report.ts";
import { serve } from "../../support/server.ts";

const { lookup: original } = dns;
afterEach(() => {
  Object.assign(dns, { lookup: original });
});

type Addresses = { readonly address: string; readonly family: number }[];
type Settle = (error: Error | null, addresses?: Addresses) => void;

const LOOPBACK: Addresses = [{ address: "127.0.0.1", family: 4 }];

/** Answers DNS lookups: the named hosts have the loopback address, all others are unknown. */
function answerLookups(...known: readonly string[]): void {
  const lookup = (host: string, _options: unknown, settle: Settle): void => {
    if (known.includes(host)) return void setImmediate(settle, null, LOOPBACK);
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: "ENOTFOUND", hostname: host });
    setImmediate(settle, error);
  };
  Object.assign(dns, { lookup });
}

/** A server that redirects `/from`, and sends a stream at every other path. */
function serveRedirect(location: (port: number) => string) {
  return serve(({ url, headers }) => {
    const port = Number(headers.host?.split(":")[1]);
    return url === "/from" ? { status: 302, headers: { location: location(port) }, body: "" } : { body: hey };
  });
}

describe("A redirect from a public host to a name", () => {
  test.each(["http", "https"])(
    "that does not resolve is a transport error that names the host: %s.",
    async (scheme) => {
      const { port } = await serveRedirect(() => `${scheme}://unknown.test/to?key=sk-in-the-url`);
      answerLookups("first.test");
      const { exitCode, stdout, stderr } = await run([`http://first.test:${port}/from`, "--json"]);
      expect(exitCode).toBe(6);
      expect(parseReport(stdout)).toMatchObject({
        verdict: "transport-error",
        error: { code: "ENOTFOUND", message: "unknown host name (unknown.test)" },
      });
      expect(stdout + stderr).not.toContain("sk-in-the-url");
    },
  );

  test("that does not resolve is a transport error for check too.", async () => {
    const { port } = await serveRedirect(() => "http://unknown.test/");
    answerLookups("first.test");
    const { exitCode, stdout } = await run(["check", `http://first.test:${port}/from`]);
    expect(exitCode).toBe(6);
    expect(stdout).toContain("ENOTFOUND: unknown host name (unknown.test)");
  });

  test("that resolves to this machine is refused.", async () => {
    const { port, requests } = await serveRedirect((here) => `http://inside.test:${here}/to`);
    answerLookups("first.test", "inside.test");
    const { exitCode, stdout } = await run([`http://first.test:${port}/from`, "--json"]);
    expect(exitCode).toBe(6);
    expect(parseReport(stdout).error).toMatchObject({
      code: "LOCAL_ADDRESS",
      message: "a redirect leads to a loopback, link-local or metadata address (inside.test)",
    });
    expect(requests.map(({ url }) => url)).toEqual(["/from"]);
  });

  test("that the user gave is followed.", async () => {
    const { port, requests } = await serveRedirect((here) => `http://first.test:${here}/to`);
    answerLookups("first.test");
    expect((await run([`http://first.test:${port}/from`, "-q"])).exitCode).toBe(0);
    expect(requests.map(({ url }) => url)).toEqual(["/from", "/to"]);
  });
});

test("A host name that does not resolve is a transport error that names it.", async () => {
  answerLookups();
  const { exitCode, stderr } = await run(["http://unknown.test/", "-q"]);
  expect(exitCode).toBe(6);
  expect(stderr).toContain("unknown host name (unknown.test)");
});
