import { Readable } from "node:stream";
import { ACCEPTED_CODINGS } from "../../../src/sources/http/codings.ts";
import { describe, expect, test } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { buildRequest, type HttpRequest, type RequestOptions } from "../../../src/sources/http/request.ts";

const NOTHING: RequestOptions = { method: null, headers: [], data: [], bearerEnv: null, headerEnv: [] };

function build(options: Partial<RequestOptions>, env: Record<string, string> = {}): Promise<HttpRequest> {
  return buildRequest({ ...NOTHING, ...options }, { stdin: Readable.from([Buffer.from("from stdin")]), env });
}

test("Without options, the request is a GET for an event stream, without secrets.", async () => {
  expect(await build({})).toEqual({
    method: "GET",
    headers: { accept: "text/event-stream", "accept-encoding": ACCEPTED_CODINGS, "user-agent": "ssescope" },
    body: null,
    secrets: [],
  });
});

test("A body is bytes, and makes the request a POST.", async () => {
  const { method, body } = await build({ data: ["é"] });
  expect({ method, body: Buffer.from(body ?? []).toString("hex") }).toEqual({ method: "POST", body: "c3a9" });
  expect(Buffer.from((await build({ data: ["@-"] })).body ?? []).toString("utf8")).toBe("from stdin");
});

describe("Header lines", () => {
  test("get lower-case names and trimmed values, and the last of the same name wins.", async () => {
    const { headers } = await build({ headers: ["X-A:  1 ", "x-a: 2", "X-Empty:", "x-b:c:d"] });
    expect(headers).toMatchObject({ "x-a": "2", "x-empty": "", "x-b": "c:d" });
  });

  test("may contain tabs and bytes over 0x7f.", async () => {
    expect((await build({ headers: ["x-a: a\tb é"] })).headers["x-a"]).toBe("a\tb é");
  });

  test.each(["no colon", ": no name", "sp ace: x", "x\ny: z", "é: x", ""])(
    "are refused if they are invalid: %j.",
    async (line) => {
      await expect(build({ headers: [line] })).rejects.toThrow(UserError);
    },
  );

  test.each(["a\rb", "a\nb", "a\r\nX-Evil: b", "a\0b", "a\x1bb", "a\u2028b"])(
    "are refused without showing the value if it cannot be sent: %j.",
    async (value) => {
      const building = build({ headers: [`x-api-key: ${value}`] });
      await expect(building).rejects.toThrow(
        /^the value of the header x-api-key contains a character that cannot be sent$/,
      );
    },
  );
});

describe("Secrets", () => {
  test("are the values of headers with names of secrets, and values from the environment.", async () => {
    const lines = ["x-api-key: key-12345", "X-Title: My Application", "x-portkey-provider: anthropic"];
    const { secrets } = await build({ headers: lines, headerEnv: ["x-corp=CORP"] }, { CORP: "corp-12345" });
    expect(secrets).toEqual(expect.arrayContaining(["key-12345", "corp-12345"]));
    expect(secrets).not.toContain("My Application");
    expect(secrets).not.toContain("anthropic");
  });

  test("include a token with and without its scheme, from a header or the environment.", async () => {
    for (const request of [
      await build({ headers: ["Authorization: Bearer sk-12345"] }),
      await build({ bearerEnv: "MY_KEY" }, { MY_KEY: "sk-12345" }),
    ]) {
      expect(request.headers.authorization).toBe("Bearer sk-12345");
      expect(request.secrets).toEqual(expect.arrayContaining(["Bearer sk-12345", "sk-12345"]));
    }
  });

  test("include each value of a cookie.", async () => {
    const { secrets } = await build({ headers: ["Cookie: session=abc-12345; csrf=def-67890; a=b"] });
    expect(secrets).toEqual(expect.arrayContaining(["abc-12345", "def-67890"]));
    expect(secrets).not.toContain("b");
  });
});

test.each(["", "GET POST", "GET\r\nX: y", "é"])("%j is refused as a method.", async (method) => {
  await expect(build({ method })).rejects.toThrow(/is not an HTTP method/);
});
