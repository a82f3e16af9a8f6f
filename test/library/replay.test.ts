import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { check, inspect, replay, UserError } from "../../src/library/library.ts";
import { captureFiles } from "../support/files.ts";
import { answer } from "../support/stream.ts";

const hey = Buffer.from(answer("Hey"));
const you = Buffer.from(answer("you"));

describe("captures", () => {
  test("are served at every path, one after the other", async () => {
    const [path = ""] = captureFiles({ "hey.sse": hey });
    await using server = await replay([path, you]);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await inspect(await ask(`${server.url}/v1/responses`)).text).toBe("Hey");
    expect(await inspect(await ask(`${server.url}/v1/responses?key=secret-secret`)).text).toBe("you");
    expect(server.requests).toEqual([
      { method: "POST", path: "/v1/responses", status: 200, capture: path },
      { method: "POST", path: "/v1/responses?key=REDACTED", status: 200, capture: "bytes" },
    ]);
  });

  test("are served each at its path", async () => {
    await using server = await replay({ "/a": hey, "/b": you }, { headers: { "x-served-by": "replay" } });
    expect(await inspect(await ask(`${server.url}/b`)).text).toBe("you");
    const response = await ask(`${server.url}/a`);
    expect(response.headers.get("x-served-by")).toBe("replay");
    expect(await inspect(response).text).toBe("Hey");
  });

  test("are gone when the server is closed", async () => {
    const server = await replay(hey);
    await server.close();
    await expect(ask(server.url)).rejects.toThrow("fetch failed");
  });

  test.each([
    [["no/such.sse"], {}, "no such file"],
    [hey, { status: 200 }, "status: expected a whole number >= 400"],
    [hey, { status: 600 }, "status: expected an HTTP error from 400 to 599"],
    [hey, { cutAfter: -1 }, "cutAfter: expected a whole number >= 0"],
    [hey, { cutAfter: "12" }, "cutAfter: expected a number of events"],
    [hey, { speed: 0 }, "speed: expected a number > 0"],
  ])("or options that are wrong reject: %#", async (captures, options, message) => {
    const started = replay(captures, JSON.parse(JSON.stringify(options)));
    await expect(started).rejects.toThrow(message);
    await expect(started).rejects.toBeInstanceOf(UserError);
  });
});

describe("faults", () => {
  test("of the first responses let a client show that it tries again", async () => {
    await using server = await replay(hey, { status: 429, faulty: 1 });
    expect((await ask(server.url)).status).toBe(429);
    expect(await inspect(await ask(server.url)).text).toBe("Hey");
    expect(server.requests.map(({ status }) => status)).toEqual([429, 200]);
  });

  test.each([
    [{ cutAfter: 3 }, "truncated"],
    [{ cutAfter: "500b" }, "truncated"],
    [{ cutAfter: 3, reset: true }, "transport-error"],
    [{ drop: [5] }, "completed"],
    [{ repeat: [5] }, "completed"],
    [{ chunkSize: 1 }, "completed"],
    [{ buffer: true }, "completed"],
  ] as const)("%j", async (faults, verdict) => {
    await using server = await replay(hey, faults);
    const result = await check(await ask(server.url));
    expect(result.verdict).toBe(verdict);
    expect(result.exitCode === 0).toBe("chunkSize" in faults || "buffer" in faults);
  });

  test("that stall are ended by the signal of the client", async () => {
    await using server = await replay(hey, { stallAfter: 3 });
    const abort = new AbortController();
    const inspection = inspect(await ask(server.url), { signal: abort.signal });
    for await (const fact of inspection) if (fact.event === 2) abort.abort();
    expect(await inspection.report).toMatchObject({ interrupted: true, events: 3 });
  });

  test("that lie behind the end are a warning", async () => {
    await using server = await replay(hey, { cutAfter: 999 });
    const warned = once(process, "warning");
    expect(await inspect(await ask(server.url)).text).toBe("Hey");
    expect(String((await warned)[0])).toContain("a replayed response ended before cutAfter 999");
  });
});

test.each<[unknown, unknown, string]>([
  [hey, { cutafter: 2 }, "replay has no option cutafter"],
  [hey, null, "replay: expected an object of options, but got null"],
  [null, {}, "cannot replay a capture of this kind: null"],
  [5, {}, "cannot replay a capture of this kind: number"],
  [[hey, {}], {}, "cannot replay a capture of this kind: object"],
])("what cannot be served is refused: %#", async (captures, options, message) => {
  const refused: Promise<unknown> = Reflect.apply(replay, null, [captures, options]);
  await expect(refused).rejects.toThrow(message);
});

function ask(url: string): Promise<Response> {
  return fetch(url, { method: "POST", body: "{}" });
}
