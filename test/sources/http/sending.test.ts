// The request that is sent to a URL.
import { ACCEPTED_CODINGS } from "../../../src/sources/http/codings.ts";
import { describe, expect, test } from "vitest";
import { hey } from "../../support/captured.ts";
import { captureFiles } from "../../support/files.ts";
import { run } from "../../support/io.ts";
import { serve, type ReceivedRequest } from "../../support/server.ts";

const JSON_BODY = '{"model":"gpt-5","input":"Sag hé 🙂","stream":true}';

/** Runs the command with the URL of a server that sends a stream; returns the request that the server received. */
async function requestOf(argv: readonly string[], options: Parameters<typeof run>[1] = {}): Promise<ReceivedRequest> {
  const server = await serve({ body: hey });
  const result = await run([`${server.origin}/v1/responses?stream=true`, ...argv, "--quiet"], options);
  expect(result).toEqual({ exitCode: 0, stdout: "hey", stderr: "" });
  expect(server.requests).toHaveLength(1);
  const [request] = server.requests;
  if (request === undefined) throw new Error("nothing was asked");
  return request;
}

function fileOf(content: string): string {
  return captureFiles({ content })[0] ?? "";
}

test("A URL alone is read with GET for an event stream, in every supported coding.", async () => {
  const request = await requestOf([]);
  expect(request).toMatchObject({ method: "GET", url: "/v1/responses?stream=true", body: "" });
  expect(request.headers).toMatchObject({
    accept: "text/event-stream",
    "accept-encoding": ACCEPTED_CODINGS,
    "user-agent": "ssescope",
  });
  expect(request.headers).not.toHaveProperty("content-type");
  expect(request.headers).not.toHaveProperty("authorization");
});

describe("The method", () => {
  test("is POST if there is a body.", async () => {
    expect(await requestOf(["-d", JSON_BODY])).toMatchObject({ method: "POST", body: JSON_BODY });
  });

  test.each(["PUT", "put", "POST"])("is %s if -X sets it, in capitals.", async (method) => {
    expect(await requestOf(["-X", method])).toMatchObject({ method: method.toUpperCase(), body: "" });
  });

  test("is refused if it is invalid.", async () => {
    const { exitCode, stderr } = await run(["http://127.0.0.1:1/", "-X", "GET /evil"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("is not an HTTP method");
  });
});

describe("Headers", () => {
  test("are sent as given, with names in any case; the option may repeat.", async () => {
    const { headers } = await requestOf(["-H", "X-One: 1", "-H", "x-two:2  ", "-H", "X-Colon: a:b"]);
    expect(headers).toMatchObject({ "x-one": "1", "x-two": "2", "x-colon": "a:b" });
  });

  test("override the defaults.", async () => {
    const given = ["Accept: */*", "ACCEPT-ENCODING: gzip", "user-agent: me/1", "content-type: text/plain"];
    const { headers } = await requestOf([...given.flatMap((line) => ["-H", line]), "-d", "{}"]);
    expect(headers).toMatchObject({
      accept: "*/*",
      "accept-encoding": "gzip",
      "user-agent": "me/1",
      "content-type": "text/plain",
    });
  });

  test("come from a file, one per line, with any line ends.", async () => {
    const path = fileOf("X-One: 1\r\n\n  \nX-Two: 2");
    expect((await requestOf(["-H", `@${path}`, "-H", "X-Three: 3"])).headers).toMatchObject({
      "x-one": "1",
      "x-two": "2",
      "x-three": "3",
    });
  });

  test("from a missing file end with exit code 2.", async () => {
    const { exitCode, stderr } = await run(["http://127.0.0.1:1/", "-H", "@no/such/file"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("cannot read no/such/file: no such file");
  });

  test.each([
    ["content-length: 3", "content-length"],
    ["transfer-encoding: chunked", "transfer-encoding"],
    ["expect: 100-continue", "expect"],
  ])("that clients must not set are wrong usage, not a network failure: %s.", async (header, named) => {
    const server = await serve({ body: hey });
    const { exitCode, stderr } = await run([server.origin, "-H", header, "-d", "hello"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("this request cannot be sent");
    expect(stderr).toContain(named);
  });
});

describe("The body", () => {
  test.each([
    [JSON_BODY, "application/json"],
    [" [1]\n", "application/json"],
    ["a=1&b=2", "application/x-www-form-urlencoded"],
    ["", "application/x-www-form-urlencoded"],
  ])("%j is sent as %s.", async (body, contentType) => {
    const request = await requestOf(["-d", body]);
    expect(request).toMatchObject({ method: "POST", body });
    expect(request.headers["content-type"]).toBe(contentType);
  });

  test("that looks like JSON but does not parse is sent only if its type is set.", async () => {
    const { exitCode, stderr } = await run(["http://127.0.0.1:1/", "-d", '{"a":']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("the body looks like JSON but does not parse");
    const request = await requestOf(["-d", '{"a":', "-H", "content-type: text/plain"]);
    expect(request.body).toBe('{"a":');
  });

  test("comes from a file, byte for byte.", async () => {
    const path = fileOf(`${JSON_BODY}\n`);
    const request = await requestOf(["--data", `@${path}`]);
    expect(request.body).toBe(`${JSON_BODY}\n`);
    expect(request.headers).toMatchObject({
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(JSON_BODY) + 1),
    });
  });

  test("from a missing file ends with exit code 2.", async () => {
    const { exitCode, stderr } = await run(["http://127.0.0.1:1/", "-d", "@no/such/body"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("cannot read no/such/body: no such file");
  });

  test("comes from standard input, in any number of pieces.", async () => {
    const request = await requestOf(["-d", "@-"], { stdin: [JSON_BODY.slice(0, 7), JSON_BODY.slice(7)] });
    expect(request).toMatchObject({ method: "POST", body: JSON_BODY });
    expect(request.headers["content-type"]).toBe("application/json");
  });

  test("from standard input is sent to every URL.", async () => {
    const server = await serve({ body: hey });
    const { exitCode } = await run([server.origin, server.origin, "-d", "@-"], { stdin: [JSON_BODY] });
    expect(exitCode).toBe(0);
    expect(server.requests.map(({ body }) => body)).toEqual([JSON_BODY, JSON_BODY]);
  });

  test("cannot be standard input if a source already is.", async () => {
    const { exitCode, stderr } = await run(["-", "http://127.0.0.1:1/", "-d", "@-"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("standard input is used more than once");
  });
});

describe("Authorization", () => {
  test("takes the bearer token from the named environment variable.", async () => {
    const { headers } = await requestOf(["--bearer-env", "MY_KEY"], { env: { MY_KEY: " sk-123456\n" } });
    expect(headers.authorization).toBe("Bearer sk-123456");
  });

  test.each([
    ["http://user:pass%20word@", "user:pass word"],
    ["http://user@", "user:"],
    ["http://us%zzer:100%@", "us%zzer:100%"],
    ["http://użytkownik:hasło@", "użytkownik:hasło"],
  ])("takes user and password from the URL: %s.", async (prefix, userinfo) => {
    const server = await serve({ body: hey });
    const { exitCode } = await run([`${server.origin.replace("http://", prefix)}/x`]);
    expect(exitCode).toBe(0);
    const [request] = server.requests;
    expect(request?.url).toBe("/x");
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from(userinfo).toString("base64")}`);
  });

  test("from a header overrides the URL's.", async () => {
    const server = await serve({ body: hey });
    await run([server.origin.replace("//", "//user:password@"), "-H", "Authorization: Bearer mine"]);
    expect(server.requests[0]?.headers.authorization).toBe("Bearer mine");
  });
});

test.each([
  ["-X", "POST"],
  ["-H", "a: b"],
  ["-d", "{}"],
  ["--bearer-env", "X"],
])("%s is refused if no source is a URL.", async (...argv) => {
  const { exitCode, stderr } = await run([...argv, "-"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("need a URL source");
});

describe("A header from the environment", () => {
  test("is sent, and its value is shown nowhere.", async () => {
    const { origin, requests } = await serve(({ headers }) => ({
      status: 401,
      body: `no ${headers["x-api-key"]?.toString()}`,
    }));
    const argv = [origin, "--header-env", "x-api-key=MY_KEY"];
    const { stdout, stderr } = await run(argv, { env: { MY_KEY: "sk-of-the-environment" } });
    expect(requests[0]?.headers["x-api-key"]).toBe("sk-of-the-environment");
    expect(stderr).toContain("no REDACTED");
    expect(stdout + stderr).not.toContain("sk-of-the-environment");
  });

  test.each([
    ["x-api-key=NOT_THERE", {}, "the environment variable NOT_THERE is not set"],
    ["x-api-key", {}, "--header-env expects name=VARIABLE"],
    ["=MY_KEY", { MY_KEY: "sk-12345" }, "--header-env expects name=VARIABLE"],
    ["a b=MY_KEY", { MY_KEY: "sk-12345" }, "--header-env expects name=VARIABLE"],
    ["x-api-key=MY_KEY", { MY_KEY: "sk-12345\r\nx-evil: 1" }, "contains a character that cannot be sent"],
  ])("such as %j is refused: safety 16.", async (pair, env, message) => {
    const { exitCode, stderr } = await run(["http://127.0.0.1:1/", "--header-env", pair], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("sk-12345");
  });
});
