// How a tap reaches its upstream: TLS, HTTP/2, proxies. The client uses plain HTTP to the tap.
import { constants, createSecureServer, type ServerHttp2Stream } from "node:http2";
import { describe, expect, test } from "vitest";
import { hey } from "../support/captured.ts";
import { readNetwork } from "../../src/sources/http/network.ts";
import { captureFiles } from "../support/files.ts";
import { authority, local } from "../support/private-authority.ts";
import { serveProxy } from "../support/proxy.ts";
import { closedPort, listen, serve } from "../support/server.ts";
import { NETWORK, tap } from "./support/tap.ts";

const ASKED = { method: "POST", headers: { authorization: "Bearer sk-very-secret" }, body: '{"stream":true}' };

test("A private authority is trusted if --cacert names it, and TLS is timed.", async () => {
  const upstream = await serve({ body: hey }, { tls: local });
  const [caFile = ""] = captureFiles({ "authority.pem": authority });
  const trusting = await tap(upstream.origin, { network: await readNetwork({ ...NETWORK, caFile }, {}) });
  expect(await (await fetch(trusting.origin, ASKED)).text()).toBe(hey.toString());
  const [report] = await trusting.reports();
  expect(report).toMatchObject({ verdict: "completed", endedBy: "server" });
  expect(report?.timing?.tlsMs).toBeGreaterThan(0);
  const strict = await tap(upstream.origin);
  await expect(fetch(strict.origin, ASKED)).rejects.toThrow("fetch failed");
  expect(await strict.reports()).toMatchObject([
    { verdict: "transport-error", error: { message: expect.stringContaining("cannot be verified") } },
  ]);
});

/** An upstream that ends its responses with `end`, and a tap of it. */
async function serveHttp2(end: (stream: ServerHttp2Stream) => void) {
  const asked: { readonly version: string; readonly authorization: string | undefined }[] = [];
  const server = createSecureServer({ ...local, allowHTTP1: true }, ({ httpVersion, headers, stream }) => {
    asked.push({ version: httpVersion, authorization: headers.authorization });
    stream.respond({ ":status": 200, "content-type": "text/event-stream", "x-two": ["a", "b"] });
    end(stream);
  });
  const port = await listen(server);
  const network = await readNetwork({ ...NETWORK, insecure: true, http2: true }, {});
  return { asked, tapped: await tap(`https://127.0.0.1:${port}`, { network }) };
}

describe("An HTTP/2 upstream", () => {
  test("passes its responses on in HTTP/1.1.", async () => {
    const { asked, tapped } = await serveHttp2((stream) => stream.end(hey));
    const response = await fetch(tapped.origin, ASKED);
    expect([response.status, response.headers.get("content-type"), response.headers.get("x-two")]).toEqual([
      200,
      "text/event-stream",
      "a, b",
    ]);
    expect(await response.text()).toBe(hey.toString());
    expect(asked).toEqual([{ version: "2.0", authorization: "Bearer sk-very-secret" }]);
    expect(await tapped.reports()).toMatchObject([{ verdict: "completed", endedBy: "server" }]);
  });

  // undici 7 and 8 take a reset of a stream (RST_STREAM) for its end: lib/dispatcher/client-h2.js, "end" of the stream.
  test("and resets a stream gets the verdict truncated.", async () => {
    const { tapped } = await serveHttp2((stream) => {
      stream.write(hey.subarray(0, 300), () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
    });
    expect(await (await fetch(tapped.origin, ASKED)).text()).toBe(hey.subarray(0, 300).toString());
    expect(await tapped.reports()).toMatchObject([{ verdict: "truncated", endedBy: "server" }]);
  });
});

test("The proxy in the environment is used, and its password appears nowhere.", async () => {
  const upstream = await serve({ body: hey }, { tls: local });
  const proxy = await serveProxy();
  const env = { https_proxy: `http://me:proxy-password@127.0.0.1:${proxy.port}` };
  const tapped = await tap(upstream.origin, { network: await readNetwork({ ...NETWORK, insecure: true }, env) });
  expect(await (await fetch(tapped.origin, ASKED)).text()).toBe(hey.toString());
  expect(proxy.requests.map(({ line }) => line)).toEqual([`CONNECT 127.0.0.1:${upstream.port}`]);
  const reports = await tapped.reports();
  expect(reports).toMatchObject([{ verdict: "completed" }]);
  expect(JSON.stringify(reports)).not.toContain("proxy-password");
});

test("An unreachable proxy is the error of each exchange.", async () => {
  const env = { http_proxy: `http://127.0.0.1:${await closedPort()}` };
  const tapped = await tap("http://api.example", { network: await readNetwork(NETWORK, env) });
  await expect(fetch(tapped.origin, ASKED)).rejects.toThrow("fetch failed");
  expect(await tapped.reports()).toMatchObject([{ verdict: "transport-error", endedBy: null }]);
});
