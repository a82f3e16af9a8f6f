import { describe, expect, test } from "vitest";
import { createBodyHead } from "../../src/report/body.ts";
import { reportOf } from "../support/read-report.ts";
import { run } from "../support/io.ts";

function headOf(body: string | Uint8Array, chunkBytes = Infinity) {
  const head = createBodyHead();
  const bytes = Buffer.from(body);
  for (let start = 0; start < bytes.length; start += chunkBytes) head.bytes(bytes.subarray(start, start + chunkBytes));
  return head;
}

function describeBody(body: string | Uint8Array) {
  return headOf(body).describe(null);
}

/** A document of this many bytes with a message. */
function documentOf(length: number): string {
  return `{"message":"${"x".repeat(length - 14)}"}`;
}

describe("a body that is not a stream", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["nothing", "", "the input is empty"],
    ["YAML with a key of the name id", "---\nid: 1\nname: x\n", "text, not an event stream: ---"],
    ["white space", " \n\n", "the input is blank"],
    ["an HTML page", "<!doctype html><title>502 Bad\nGateway</title>", "an HTML page: 502 Bad\nGateway"],
    ["an XML document", '<?xml version="1.0"?><Error/>', "an XML or HTML document"],
    ["plain text", "upstream connect error\nmore", "text, not an event stream: upstream connect error"],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "gzip data: decompress it first, for example with curl --compressed"],
    ["UTF-16", Buffer.from("\ufeffdata: x", "utf16le"), "text in UTF-16: convert it to UTF-8 first"],
    ["a program", Buffer.from("\u007fELF\u0000\n: no comment\n"), "binary data, not an event stream"],
    [
      "a response document",
      '{"object":"response","id":"resp_1"}',
      "a whole response (OpenAI Responses API), not a stream: was `stream: true` missing in the request?",
    ],
    ["a list", "[1,2]", "a JSON document, not a stream"],
    ["broken JSON", '{"a":', "text that begins like JSON but does not parse"],
    ["lines of JSON", '{"a":1}\n{"b":2}', "lines of JSON, not an event stream: --framing ndjson reads them"],
    ["FastAPI's error", '{"detail":"Not authenticated"}', "Not authenticated"],
    ["FastAPI's list of errors", '{"detail":[{"msg":"field required"}]}', '[{"msg":"field required"}]'],
    ["another error", '{"message":"no Route matched"}', "no Route matched"],
    ["a page whose title has attributes and space", '<html><title lang="en">\n Oops </title>', "an HTML page: Oops"],
    ["a page of titles that do not end", `${"<title".repeat(5000)}>Oops`, "an XML or HTML document: Oops"],
    ["a page without a title", "<BODY>x", "an HTML page"],
    ["a page with an empty title", "<html><title> </title>", "an HTML page"],
    ["a document that quotes a page", "<Error><html></Error>", "an XML or HTML document"],
    ["a document that names its kind", '{"object":"list","data":[]}', "a JSON document (list), not a stream"],
    ["a document that does not", '{"object":1}', "a JSON document, not a stream"],
    ["a list with a whole response", '[{"object":"response","id":"r"}]', "a JSON document (response), not a stream"],
    ["an empty list", "[]", "a JSON document, not a stream"],
    ["text that mentions a field", "no data: here", "text, not an event stream: no data: here"],
    ["text with a word that begins like a field", "data is here", "text, not an event stream: data is here"],
    ["a long line", "x".repeat(300), `text, not an event stream: ${"x".repeat(200)}`],
    ["lines that end in CR", "one\rtwo", "text, not an event stream: one"],
    ["half a byte order mark", Uint8Array.of(0xff, 0x41), "text, not an event stream: \ufffdA"],
    ["UTF-16 of the other byte order", Uint8Array.of(0xfe, 0xff, 0, 0x41), "text in UTF-16: convert it to UTF-8 first"],
    ["the second byte of gzip alone", Uint8Array.of(0x41, 0x8b), "text, not an event stream: A\ufffd"],
    ["the first byte of gzip alone", Uint8Array.of(0x1f, 0x41), "text, not an event stream: \u001fA"],
  ])("is described: %s", (_, body, message) => {
    expect(describeBody(body)).toEqual({ type: null, code: null, message });
  });

  test.each([
    ['{"error":{"type":"t","code":"c","message":"m"}}', { type: "t", code: "c", message: "m" }],
    ['[{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"m"}}]', { type: null, code: "400", message: "m" }],
    ['{"error":"boom"}', { type: null, code: null, message: "boom" }],
    ['{"error":"boom","message":"other"}', { type: null, code: "boom", message: "other" }],
  ])("gives the error that it words: %s", (body, error) => {
    expect(describeBody(body)).toEqual(error);
  });

  test("is examined up to 64 KiB, however it is cut", () => {
    for (const chunkBytes of [10_000, 65_536, 65_537]) {
      const messages = [65_535, 65_536, 65_537, 200_000].map((length) => {
        const head = headOf(documentOf(length), chunkBytes);
        head.bytes(Buffer.alloc(0));
        return head.describe(null)?.message;
      });
      const large = "a large JSON document, not a stream";
      expect(messages).toEqual(["x".repeat(65_521), "x".repeat(65_522), large, large]);
    }
  });

  test("is large only if it exceeds the examined part", () => {
    const broken = headOf("{".padEnd(65_536, "x"));
    broken.bytes(Buffer.alloc(0));
    expect(broken.describe(null)?.message).toBe("text that begins like JSON but does not parse");
    for (const more of ["x", ""]) broken.bytes(Buffer.from(more));
    expect(broken.describe(null)?.message).toBe("a large JSON document, not a stream");
  });

  test("is empty until something arrives", () => {
    const head = createBodyHead();
    head.bytes(Buffer.alloc(0));
    expect(head.isEmpty()).toBe(true);
    head.bytes(Buffer.from(" "));
    expect(head.isEmpty()).toBe(false);
  });

  test("is a whole response if it is one object of a known kind", () => {
    expect(headOf('{"object":"response","id":"r"}').isWholeResponse()).toBe(true);
    expect(headOf('[{"object":"response","id":"r"}]').isWholeResponse()).toBe(false);
    expect(headOf('{"object":"list"}').isWholeResponse()).toBe(false);
    expect(headOf("null").isWholeResponse()).toBe(false);
    expect(headOf("{").isWholeResponse()).toBe(false);
  });

  test("is an HTML page even if its style sheet looks like comments", async () => {
    const page = "<html>\n<style>\n:root { --x: 1 }\n</style><title>Oops</title></html>";
    expect(await reportOf(page)).toMatchObject({
      verdict: "not-a-stream",
      exitCode: 7,
      error: { message: "an HTML page: Oops" },
    });
  });
});

test.each(["data", "da", "event: x", ": ping\n", "\n\nid: 1\n", "retry:", "x\ndata\ny"])(
  "%j may be the beginning of a stream",
  (body) => {
    expect(describeBody(body)).toBeNull();
  },
);

test("raw passes everything through, even after an event that is too large to read", async () => {
  const input = `data: ${"x".repeat(5000)}\n\ndata: y\n\n`;
  const { stdout, exitCode } = await run(["--format", "raw", "--max-event-size", "1k"], {
    stdin: [input.slice(0, 3000), input.slice(3000)],
  });
  expect(stdout).toBe(input);
  expect(exitCode).toBe(2);
});
