// An upstream receives the client's request unchanged, and its response comes back unchanged.
import { describe, expect, test } from "vitest";
import { serve } from "../support/server.ts";
import { parseUpstream } from "../../src/tap/upstreams.ts";
import { rawRequest } from "./support/raw-client.ts";
import { tap } from "./support/tap.ts";

const OK = { body: "data: hey\n\n" };

describe("A request", () => {
  test("arrives with its method, path, query, headers and body.", async () => {
    const upstream = await serve(OK);
    const { port, reports } = await tap(`${upstream.origin}/base/`);
    const head = [
      "PUT /v1/x%2Fy/../z;a=b?q=%7B1%7D&key=sk-very-secret HTTP/1.1",
      "X-Twice: 1",
      "X-Twice: 2",
      "Connection: x-of-this-hop",
      "X-Of-This-Hop: 1",
      "TE: trailers",
    ];
    await rawRequest({ port, head, body: "ä".repeat(10) });
    const [request] = upstream.requests;
    expect(request).toMatchObject({
      method: "PUT",
      url: "/base/v1/x%2Fy/../z;a=b?q=%7B1%7D&key=sk-very-secret",
      body: "ä".repeat(10),
      headers: { "x-twice": "1, 2", host: new URL(upstream.origin).host, "content-length": "20" },
    });
    expect(request?.headers).not.toHaveProperty("x-of-this-hop");
    expect(request?.headers).not.toHaveProperty("te");
    // Keys are sent to the upstream and shown nowhere.
    expect(JSON.stringify(await reports())).not.toContain("sk-very-secret");
  });

  test("that waits for 100 Continue gets it.", async () => {
    const upstream = await serve(OK);
    const { origin } = await tap(upstream.origin);
    const response = await fetch(origin, { method: "POST", body: "{}" });
    expect(response.status).toBe(200);
    const { port } = await tap(upstream.origin);
    const head = ["POST / HTTP/1.1", "Expect: 100-continue"];
    const { head: received } = await rawRequest({ port, head });
    expect(received[0]).toBe("HTTP/1.1 100 Continue");
    expect(upstream.requests[1]?.headers).not.toHaveProperty("expect");
  });

  test.each(["HEAD", "OPTIONS", "DELETE", "PATCH"])("of any method passes: %s", async (method) => {
    const upstream = await serve({ status: 204, headers: { allow: "GET" }, body: "" });
    const { origin, reports } = await tap(upstream.origin);
    const response = await fetch(origin, { method });
    expect(response.status).toBe(204);
    expect(response.headers.get("allow")).toBe("GET");
    expect(await reports()).toMatchObject([{ verdict: "ended", exitCode: 0, request: { method } }]);
  });

  test("in chunks arrives whole, however large.", async () => {
    const upstream = await serve(OK);
    const { origin } = await tap(upstream.origin);
    const part = "x".repeat(1024 * 1024);
    async function* parts() {
      for (let count = 0; count < 40; count += 1) yield Buffer.from(part);
    }
    const body = ReadableStream.from(parts());
    await fetch(origin, { method: "POST", body, duplex: "half" });
    expect(upstream.requests[0]?.body.length).toBe(40 * part.length);
    expect(upstream.requests[0]?.headers).toMatchObject({ "transfer-encoding": "chunked" });
  });
});

/** A JSON response. */
function answer(value: unknown, spaces: number) {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(value, null, spaces) };
}

async function post(origin: string, body: unknown): Promise<string> {
  const got = await fetch(`${origin}/v1/chat/completions`, { method: "POST", body: JSON.stringify(body) });
  return got.text();
}

describe("A response that is not a stream", () => {
  const chat = {
    object: "chat.completion",
    model: "gpt-4o",
    choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
    usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
  };
  test.each([0, 2])("is listed with its usage, and is not a failure, indented by %i.", async (spaces) => {
    const upstream = await serve(answer(chat, spaces));
    const { origin, reports } = await tap(upstream.origin);
    expect(JSON.parse(await post(origin, { model: "gpt-4o" }))).toEqual(chat);
    expect(await reports()).toMatchObject([
      {
        verdict: "completed",
        exitCode: 0,
        findings: [],
        request: { model: "gpt-4o", stream: false },
        responses: [{ text: "Hi", usage: { totalTokens: 4 } }],
      },
    ]);
  });

  test("is a failure if a stream was requested.", async () => {
    const upstream = await serve(answer(chat, 0));
    const { origin, reports } = await tap(upstream.origin);
    await post(origin, { model: "gpt-4o", stream: true });
    expect(await reports()).toMatchObject([
      { verdict: "not-a-stream", error: { message: expect.stringContaining("although the request asks for one") } },
    ]);
  });

  test("with an error is listed with it.", async () => {
    const error = { error: { message: "no such model", type: "invalid_request_error", code: "model_not_found" } };
    const upstream = await serve({ status: 404, ...answer(error, 0) });
    const { origin, reports } = await tap(upstream.origin);
    await post(origin, {});
    expect(await reports()).toMatchObject([{ exitCode: 7, error: { code: "model_not_found" }, http: { status: 404 } }]);
  });
});

test("Each of several upstreams has its own path; other paths are refused.", async () => {
  const [one, two] = [await serve(OK), await serve(OK)];
  const upstreams = [parseUpstream(`one=${one.origin}/v1`), parseUpstream(`two=${two.origin}`)];
  const { origin, refusals } = await tap(one.origin, { upstreams });
  await fetch(`${origin}/one/models`);
  await fetch(`${origin}/two`);
  await fetch(`${origin}/two/x?y`);
  const refused = await fetch(`${origin}/three/x`);
  expect(one.requests.map(({ url }) => url)).toEqual(["/v1/models"]);
  expect(two.requests.map(({ url }) => url)).toEqual(["/", "/x?y"]);
  expect([refused.status, await refused.text()]).toEqual([404, expect.stringContaining("/one, /two")]);
  expect(refusals).toHaveLength(1);
});

test("A request for another host is refused, because of DNS rebinding.", async () => {
  const upstream = await serve(OK);
  const { port, refusals } = await tap(upstream.origin);
  const { head } = await rawRequest({ port, head: ["GET / HTTP/1.1", "Host: evil.example"] });
  expect(head[0]).toContain("403");
  expect(refusals).toHaveLength(1);
  expect(upstream.requests).toEqual([]);
});

test("Two hundred concurrent streams do not mix.", async () => {
  const upstream = await serve(({ url }) => ({ body: Array.from({ length: 20 }, () => `data: ${url}\n\n`) }));
  const { origin, reports } = await tap(upstream.origin);
  const paths = Array.from({ length: 200 }, (_, index) => `/${index}`);
  const bodies = await Promise.all(paths.map(async (path) => (await fetch(origin + path)).text()));
  expect(bodies).toEqual(paths.map((path) => `data: ${path}\n\n`.repeat(20)));
  const seen = new Map((await reports()).map(({ request, events }) => [request?.path, events]));
  expect(seen).toEqual(new Map(paths.map((path) => [path, 20])));
});
