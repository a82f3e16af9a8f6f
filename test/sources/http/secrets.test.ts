// Keys never appear in output or reports, whatever the server does with them.
import { describe, expect, test } from "vitest";
import { hey, heyUntilDelta } from "../../support/captured.ts";
import { describeExchange } from "../../../src/sources/http/exchange.ts";
import { spellings } from "../../../src/sources/secrets.ts";
import { tried } from "../../support/exhaustive.ts";
import { run } from "../../support/io.ts";
import { closedPort, RESET, serve, type Answer, type ReceivedRequest } from "../../support/server.ts";
import { completed, created, errorEvent, itemAdded, message, stream, textDelta } from "../../support/stream.ts";

/** A key with all characters that URLs or JSON may escape. */
const KEY = "sk-Tq7/x+Zr==Jm&4%bVw";
/** All spellings of the key that a server may echo. */
const SPELLINGS = [
  KEY,
  encodeURIComponent(KEY),
  KEY.replaceAll("/", "\\/"),
  Buffer.from(`me:${KEY}`).toString("base64"),
];

interface Carrier {
  readonly name: string;
  readonly argv: readonly string[];
  readonly query?: string;
  readonly userinfo?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const carriers: readonly Carrier[] = [
  { name: "?key=", argv: [], query: `alt=sse&key=${encodeURIComponent(KEY)}` },
  { name: "?api_key=", argv: [], query: `api_key=${encodeURIComponent(KEY)}&x=1` },
  { name: "the password of the URL", argv: [], userinfo: `me:${encodeURIComponent(KEY)}@` },
  { name: "the user of the URL", argv: [], userinfo: `${encodeURIComponent(KEY)}@` },
  { name: "authorization", argv: ["-H", `Authorization: Bearer ${KEY}`] },
  { name: "--bearer-env", argv: ["--bearer-env", "MY_KEY"], env: { MY_KEY: KEY } },
  { name: "x-api-key", argv: ["-H", `x-api-key: ${KEY}`] },
  { name: "cookie", argv: ["-H", `Cookie: theme=dark; session=${KEY}`] },
];

/** The request as careless servers echo it: headers and URL, raw and decoded. */
function echo({ url, headers }: ReceivedRequest): string {
  const sent = { ...headers, host: undefined, accept: undefined };
  return `Bad request ${url} ${Object.values(sent).join(" ")} ${headers.cookie?.split("session=")[1]} ${KEY}`;
}

const JSON_TYPE = { "content-type": "application/json" };

const outcomes: Readonly<Record<string, (request: ReceivedRequest) => Answer>> = {
  "a whole stream": () => ({ body: hey }),
  "a reset in the middle": () => ({ body: [heyUntilDelta, RESET] }),
  "401 that quotes it": (request) => ({
    status: 401,
    headers: JSON_TYPE,
    body: JSON.stringify({ error: { message: echo(request) } }, null, 2).replaceAll("/", "\\/"),
  }),
  "400 that quotes it in a line of JSON": (request) => ({
    status: 400,
    headers: JSON_TYPE,
    body: JSON.stringify({ error: { message: echo(request), code: KEY } }),
  }),
  "500 that quotes it in its status and its text": (request) => ({
    status: 500,
    statusText: `No ${KEY}`,
    headers: { "content-type": `text/plain; key=${KEY}` },
    body: echo(request),
  }),
  "200 with an error that quotes it": (request) => ({
    headers: JSON_TYPE,
    body: JSON.stringify({ error: { message: echo(request) } }),
  }),
  "a page that quotes it": (request) => ({
    headers: { "content-type": "text/html" },
    body: `<html><title>${echo(request)}</title>`,
  }),
  "a stream that quotes it, cut in its middle": (request) => {
    const body = stream(
      created(),
      itemAdded(0, message),
      textDelta(echo(request)),
      errorEvent("bad_key", echo(request)),
    );
    const middle = body.indexOf(KEY) + 5;
    return { body: [body.slice(0, middle), body.slice(middle)] };
  },
  "a stream that ends in its beginning": () => ({ body: `data: ${KEY.slice(0, 8)}` }),
  "a redirect that quotes it": (request) => ({
    status: 302,
    headers: { location: `https://example.com/${encodeURIComponent(KEY)}?next=${encodeURIComponent(request.url)}` },
    body: echo(request),
  }),
  "an unknown coding that quotes it": () => ({ headers: { "content-encoding": KEY }, body: "x" }),
};

const FORMATS = ["text", "events", "wire", "facts", "report", "raw"];
/** Each format with and without a summary, or three typical combinations. */
const WAYS: readonly (readonly string[])[] = tried(
  [["text"], ["report", "--quiet"], ["raw", "--quiet"]],
  FORMATS.flatMap((format) => [[format], [format, "--quiet"]]),
);

/** The whole output for a URL in all ways, without white space. */
async function printAll(url: URL, { argv, env = {} }: Carrier): Promise<string> {
  const outputs: string[] = [];
  for (const way of WAYS) {
    const { stdout, stderr } = await run([url.href, ...argv, "--format", ...way], { env });
    outputs.push(stdout, stderr);
  }
  return outputs.join("").replaceAll(/\s+/g, "");
}

/** The spellings of the key that are in a text. */
function keysIn(text: string): string[] {
  return SPELLINGS.filter((spelling) => text.includes(spelling));
}

function carry(origin: string, { query = "", userinfo = "" }: Carrier): URL {
  return new URL(`${origin.replace("//", `//${userinfo}`)}/v1?${query}`);
}

describe.each(carriers)("safety 14: A key in $name does not appear in the output for", (carrier) => {
  test.each(Object.keys(outcomes))("%s.", async (outcome) => {
    const server = await serve((request) => outcomes[outcome]?.(request) ?? { body: "" });
    expect(keysIn(await printAll(carry(server.origin, carrier), carrier))).toEqual([]);
    expect(server.requests).toHaveLength(WAYS.length);
  });

  test("a refused connection.", async () => {
    const origin = `http://127.0.0.1:${await closedPort()}`;
    expect(keysIn(await printAll(carry(origin, carrier), carrier))).toEqual([]);
  });
});

test("Text that is not a key stays unchanged, even if a header has the same text.", async () => {
  const text = "My Application says REDACTED, hey and Bearer";
  const body = stream(created(), itemAdded(0, message), textDelta(text), completed());
  const { origin } = await serve({ body });
  const argv = ["-H", "X-Title: My Application", "-H", "Authorization: Bearer sk-1234567"];
  expect(await run([origin, ...argv])).toMatchObject({ exitCode: 0, stdout: text });
  expect((await run([`${origin}/?max_tokens=10&code=a`, ...argv, "--format", "raw"])).stdout).toBe(body);
});

describe("safety 16: A request that cannot be sent is refused without showing its value:", () => {
  test.each(["\r", "\n", "\r\nX-Evil: 1", "\0", "\x1b", "\x7f", "ł"])("a header with %j in it.", async (character) => {
    const server = await serve({ body: hey });
    const value = `sk-12345${character}67890`;
    const { exitCode, stdout, stderr } = await run([server.origin, "-H", `x-api-key: ${value}`]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("the value of the header x-api-key contains a character that cannot be sent");
    expect(stderr).not.toMatch(/12345|67890|Evil/);
    expect(server.requests).toEqual([]);
  });

  test.each(["sk-12345", "sk 12345: x", ": sk-12345", "x\r\ny: sk-12345", ""])(
    "an invalid header: %j.",
    async (line) => {
      const { exitCode, stderr } = await run(["http://127.0.0.1:1/", "-H", line]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("a --header is not of the form 'Name: value'");
      expect(stderr).not.toContain("12345");
    },
  );

  test.each([{}, { MY_KEY: "" }, { MY_KEY: " \n" }])("a bearer token that is not set: %j.", async (env) => {
    const { exitCode, stderr } = await run(["http://127.0.0.1:1/", "--bearer-env", "MY_KEY"], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("the environment variable MY_KEY is not set");
  });

  test.each([
    ["--bearer-env", "sk-THISISAKEY123"],
    ["--bearer-env", "AIzaTHISISAKEY123"],
    ["--header-env", "x-api-key=sk-THISISAKEY123"],
  ])("a key in place of its variable's name: %s %s.", async (...argv) => {
    const { exitCode, stderr } = await run(["http://127.0.0.1:1/", ...argv]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("give the variable's name");
    expect(stderr).not.toContain("THISISAKEY");
  });

  test.each(["sk-12345 67890", "sk-12345\nX: 67890", "sk-12345é"])("a bearer token such as %j.", async (token) => {
    const { exitCode, stderr } = await run(["http://127.0.0.1:1/", "--bearer-env", "K"], { env: { K: token } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("K has a character that is not allowed in a bearer token");
    expect(stderr).not.toMatch(/12345|67890/);
  });

  test("an invalid URL, or one with another scheme.", async () => {
    for (const url of [`http://[::1?key=${KEY}`, `ftp://me:${KEY}@127.0.0.1/?key=${KEY}`]) {
      const { exitCode, stdout, stderr } = await run([url]);
      expect(exitCode).toBe(2);
      expect(stdout + stderr).not.toContain(KEY);
    }
  });

  test("a request that cannot be sent, to several URLs, in the table.", async () => {
    const url = `http://127.0.0.1:1/?key=${encodeURIComponent(KEY)}`;
    const { exitCode, stdout, stderr } = await run([url, url, "--bearer-env", "NOT_SET"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("2 sources");
    expect(keysIn(stdout + stderr)).toEqual([]);
  });
});

test("A key that a redirect puts into a URL is not in the exchange either.", () => {
  for (const spelled of [encodeURIComponent(KEY), encodeURIComponent(KEY).replaceAll("%2F", "/")]) {
    const url = new URL(`http://127.0.0.1/next?a=1&x=${spelled}`);
    const response = { statusCode: 200, statusText: "", headers: {} };
    const way = { redirects: [], refusal: null, attempts: 1 };
    const exchange = describeExchange({ method: "GET", url, headers: {}, body: null }, response, way, spellings([KEY]));
    expect(exchange.request.url).toContain("REDACTED");
    expect(keysIn(exchange.request.url)).toEqual([]);
  }
});

test("A word that is also the value of a harmless header stays, in a stream and in an error.", async () => {
  const argv = ["-H", "x-portkey-provider: anthropic", "-H", "x-author: someone"];
  const whole = await serve({ body: stream(created(), itemAdded(0, message), textDelta("built by anthropic")) });
  expect((await run([whole.origin, ...argv])).stdout).toContain("built by anthropic");
  const failing = await serve({ status: 529, headers: JSON_TYPE, body: '{"error":{"message":"anthropic is busy"}}' });
  expect((await run([failing.origin, ...argv])).stderr).toContain("anthropic is busy");
});
