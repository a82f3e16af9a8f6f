// The messages for errors of the system and of undici.
import { describe, expect, test } from "vitest";
import { TransportError, UserError } from "../../../src/errors.ts";
import { asTransportError, type Circumstances, mayPass, timedOut } from "../../../src/sources/http/transport-errors.ts";

const at: Circumstances = {
  url: new URL("https://gateway.example:8443/v1?key=sk-123456"),
  isAnswered: false,
  isProxied: false,
  connectTimeoutMs: 1500,
  secrets: ["sk-123456"],
};

function errorWith(code: string, message = "raw sk-123456"): Error {
  return Object.assign(new Error(message), { code });
}

function shown(error: unknown, circumstances: Partial<Circumstances> = {}): readonly [code: string, message: string] {
  const transport = asTransportError(error, { ...at, ...circumstances });
  if (!(transport instanceof TransportError)) throw new Error(`no TransportError: ${String(transport)}`);
  return [transport.code, transport.message];
}

describe("A network failure", () => {
  test.each([
    ["ECONNREFUSED", "the connection was refused (gateway.example:8443)"],
    ["CERT_HAS_EXPIRED", "the server's certificate has expired (gateway.example:8443)"],
    ["ESOMETHING", "the connection failed (raw REDACTED; gateway.example:8443)"],
    ["UND_ERR_CONNECT_TIMEOUT", expect.stringMatching(/^no connection within 1\.5 s/)],
  ])("has its code and a message: %s", (code, message) => {
    expect(shown(errorWith(code))[1]).toEqual(message);
  });

  test("has a message that depends on whether there was a response.", () => {
    expect(shown(errorWith("UND_ERR_SOCKET"))[1]).toMatch(/^the server closed the connection without a response/);
    expect(shown(errorWith("UND_ERR_SOCKET"), { isAnswered: true })[1]).toMatch(/before the body was complete/);
  });

  test("mentions a proxy if there is one.", () => {
    expect(shown(errorWith("ECONNRESET"), { isProxied: true })).toEqual([
      "ECONNRESET",
      "the connection was reset (gateway.example:8443; a proxy is set in the environment)",
    ]);
  });

  test.each(["Proxy response (407) !== 200 when HTTP Tunneling", "Proxy Authentication Required (407)"])(
    "may be a proxy's: %s",
    (message) => {
      expect(shown(new Error(message))).toEqual(["PROXY_REFUSED", "the proxy refused the connection: HTTP 407"]);
    },
  );

  test("may be invalid HTTP.", () => {
    const error = Object.assign(errorWith("HPE_INVALID_CONSTANT"), { name: "HTTPParserError" });
    expect(shown(error)).toEqual(["INVALID_HTTP", "the server sent invalid HTTP (gateway.example:8443)"]);
  });

  test("that is already a TransportError stays, without its keys.", () => {
    expect(shown(new TransportError("X", "said sk-123456"))).toEqual(["X", "said REDACTED"]);
  });
});

test.each(["UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED", "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH"])(
  "A request that cannot be sent is a usage error: %s",
  (code) => {
    const error = asTransportError(errorWith(code), at);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ message: "this request cannot be sent: raw REDACTED" });
  },
);

test("An error without a code is not a network failure and stays unchanged.", () => {
  const bug = new TypeError("a bug");
  expect(asTransportError(bug, at)).toBe(bug);
  expect(asTransportError("thrown", at)).toBe("thrown");
  const odd = Object.assign(new Error("odd"), { code: 7 });
  expect(asTransportError(odd, at)).toBe(odd);
});

describe("A retry may help", () => {
  test.each(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "HEAD_TIMEOUT", "CONNECT_TIMEOUT", "MY_MAX_TIME"])(
    "after %s.",
    (code) => {
      expect(mayPass(new TransportError(code, ""))).toBe(true);
    },
  );

  test.each([
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "CERT_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "PROXY_REFUSED",
    "LOCAL_ADDRESS",
    "UNKNOWN_CONTENT_CODING",
    "MAX_TIME",
  ])("but not after %s.", (code) => {
    expect(mayPass(new TransportError(code, ""))).toBe(false);
  });

  test("but not after a usage error or a bug.", () => {
    expect(mayPass(new UserError("wrong"))).toBe(false);
    expect(mayPass(errorWith("ECONNRESET"))).toBe(false);
  });
});

test.each([
  ["connect", "CONNECT_TIMEOUT", "--connect-timeout"],
  ["head", "HEAD_TIMEOUT", "--head-timeout"],
  ["idle", "IDLE_TIMEOUT", "--idle-timeout"],
  ["max", "MAX_TIME", "--max-time"],
] as const)("A timeout has its own code and names its option: %s", (kind, code, option) => {
  const error = timedOut(kind, 2500);
  expect(error.code).toBe(code);
  expect(error.message).toContain("2.5 s");
  expect(error.message).toContain(option);
});
