// Redirects: targets, and the headers and body that are kept (safety 13 and 15).
import { ACCEPTED_CODINGS } from "../../../src/sources/http/codings.ts";
import { describe, expect, onTestFinished, test } from "vitest";
import { redirectOf } from "../../../src/sources/http/redirects.ts";
import { hey } from "../../support/captured.ts";
import { run } from "../../support/io.ts";
import { parseReport } from "../../support/read-report.ts";
import { serve } from "../../support/server.ts";

/** A server that redirects `/from`, and sends the stream at every other path. */
function serveRedirect(status: number, location: (origin: string) => string) {
  return serve(({ url, headers }) =>
    url.startsWith("/from")
      ? { status, headers: { location: location(`http://${headers.host}`) }, body: "" }
      : { body: hey },
  );
}

const secret = ["-H", "x-api-key: sk-secret-1234", "-H", "cookie: session=abcdefgh"];

describe("A redirect of GET", () => {
  test.each([301, 302, 303, 307, 308])("is followed, and is in the report: %i.", async (status) => {
    const { origin, requests } = await serveRedirect(status, () => "/to?key=sk-in-the-url");
    const { exitCode, stdout } = await run([`${origin}/from`, ...secret, "--json"]);
    expect(exitCode).toBe(0);
    const { http } = parseReport(stdout);
    expect(http).toMatchObject({ status: 200, location: null, redirects: [`${origin}/from`] });
    expect(stdout).not.toContain("sk-in-the-url");
    expect(requests.map(({ url, headers }) => [url, headers["x-api-key"]])).toEqual([
      ["/from", "sk-secret-1234"],
      ["/to?key=sk-in-the-url", "sk-secret-1234"],
    ]);
  });

  test("safety 13: to another origin keeps no headers of the user.", async () => {
    const other = await serve({ body: hey });
    const { origin } = await serveRedirect(302, () => `${other.origin}/to`);
    const url = `${origin.replace("//", "//user:password@")}/from`;
    const { exitCode } = await run([url, ...secret, "-H", "x-title: mine", "--bearer-env", "KEY"], {
      env: { KEY: "sk-bearer-5678" },
    });
    expect(exitCode).toBe(0);
    const { host: _host, connection: _connection, ...sent } = other.requests[0]?.headers ?? {};
    expect(sent).toEqual({
      accept: "text/event-stream",
      "accept-encoding": ACCEPTED_CODINGS,
      "user-agent": "ssescope",
    });
  });

  test("safety 13: to another origin keeps all with --location-trusted.", async () => {
    const other = await serve({ body: hey });
    const { origin } = await serveRedirect(307, () => `${other.origin}/to`);
    expect((await run([`${origin}/from`, ...secret, "-d", "{}", "--location-trusted"])).exitCode).toBe(0);
    expect(other.requests[0]).toMatchObject({ method: "POST", body: "{}", headers: { "x-api-key": "sk-secret-1234" } });
  });

  test("away and back to its own origin does not restore the user's headers.", async () => {
    const first = await serve(({ url, headers }) =>
      url === "/from"
        ? { status: 302, headers: { location: headers["x-other"]?.toString() ?? "" }, body: "" }
        : { body: hey },
    );
    const other = await serve({ status: 302, headers: { location: `${first.origin}/to` }, body: "" });
    await run([`${first.origin}/from`, ...secret, "-H", `x-other: ${other.origin}/`]);
    expect(first.requests[1]?.headers["x-api-key"]).toBeUndefined();
  });

  test("safety 14: hides a key from its URL that the server echoes.", async () => {
    const { origin } = await serve(({ url }) =>
      url === "/from"
        ? { status: 302, headers: { location: "/to?key=sk-of-the-redirect" }, body: "" }
        : { body: `data: you sent ${url}\n\n` },
    );
    const { stdout, stderr } = await run([`${origin}/from`, "--format", "raw"]);
    expect(stdout).toBe("data: you sent /to?key=REDACTED\n\n");
    expect(stderr).not.toContain("sk-of-the-redirect");
  });

  test("in a circle ends after ten.", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on("warning", note);
    onTestFinished(() => void process.off("warning", note));
    const { origin, requests } = await serveRedirect(302, () => "/from");
    const { exitCode, stderr } = await run([`${origin}/from`, "-q"]);
    expect(exitCode).toBe(7);
    expect(requests).toHaveLength(11);
    expect(stderr).toContain("which is not followed: the limit is 10 redirects");
    expect(warnings).toEqual([]);
  });
});

describe("A redirect of POST", () => {
  test.each([301, 302, 307, 308])("is not followed, and its target is reported: %i.", async (status) => {
    const other = await serve({ body: hey });
    const { origin } = await serveRedirect(status, () => `${other.origin}/there?key=sk-1234567&x=1`);
    const { exitCode, stderr } = await run([`${origin}/from`, "-q", "-d", "{}"]);
    expect(exitCode).toBe(7);
    expect(other.requests).toEqual([]);
    expect(stderr).toContain(`a redirect to ${other.origin}/there?key=REDACTED&x=1, which is not followed`);
    expect(stderr).toContain("a POST is redirected only with --location-trusted");
  });

  test("by 303 is a GET without a body.", async () => {
    const { origin, requests } = await serveRedirect(303, () => "/to");
    expect((await run([`${origin}/from`, "-d", "{}"])).exitCode).toBe(0);
    expect(requests[1]).toMatchObject({ method: "GET", body: "" });
  });
});

/** Why a redirect from one URL to another is refused; null: it is followed. */
function refusal(first: string, location: string): string | null {
  const from = { url: new URL(first), method: "GET", headers: {}, body: null };
  const redirect = redirectOf(from, from, { status: 302, location }, { hops: 0, locationTrusted: true });
  return redirect !== null && "refusal" in redirect ? redirect.refusal : null;
}

describe("safety 15: a redirect is refused if it leads", () => {
  test.each(["file:///etc/passwd", "data:text/event-stream,data: x", "ftp://example.com/", "javascript:1"])(
    "to another scheme: %s",
    (location) => {
      expect(refusal("https://example.com/", location)).toContain("only http and https are read");
    },
  );

  test("from https to http", () => {
    expect(refusal("https://example.com/", "http://example.com/")).toBe("it leads from https to http");
    expect(refusal("http://example.com/", "https://example.com/")).toBeNull();
  });

  test.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://127.0.0.1:8080/",
    "http://127.1/",
    "http://2130706433/",
    "http://0.0.0.0/",
    "http://localhost/",
    "http://api.localhost/",
    "http://[::1]/",
    "http://[fe80::1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::1]/",
    "http://[fd00:ec2::254]/",
    "http://100.100.100.200/",
    "http://localhost./",
    "http://api.localhost./",
  ])("to a loopback, link-local or metadata address, from elsewhere: %s", (location) => {
    expect(refusal("http://example.com/", location)).toBe("it leads to a loopback, link-local or metadata address");
    expect(refusal(location, location)).toBeNull();
  });

  test("from loopback to link-local, and from link-local to loopback", () => {
    expect(refusal("http://127.0.0.1:1/", "http://169.254.169.254/")).toBe(
      "it leads to a loopback, link-local or metadata address",
    );
    expect(refusal("http://169.254.169.254/", "http://localhost/")).toBe(
      "it leads to a loopback, link-local or metadata address",
    );
    expect(refusal("http://127.0.0.1:1/", "http://localhost/")).toBeNull();
  });

  test.each(["http://10.0.0.1/", "http://[2001:db8::1]/", "http://[fd00:ec2::255]/", "http://localhost.example/"])(
    "but not to %s",
    (location) => {
      expect(refusal("http://example.com/", location)).toBeNull();
    },
  );

  test("to an invalid URL", () => {
    expect(refusal("http://example.com/", "http://exa mple/")).toBe("its URL is invalid");
  });

  test("and the redirect itself is the response.", async () => {
    const { origin } = await serveRedirect(302, () => "file:///etc/passwd");
    const { exitCode, stderr } = await run([`${origin}/from`, "-q"]);
    expect(exitCode).toBe(7);
    expect(stderr).toContain("which is not followed: only http and https are read, not file:");
  });
});
