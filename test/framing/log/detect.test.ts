// Which inputs are detected as logs with streams in them, and which are not.
import { describe, expect, test } from "vitest";
import { looksLikeLog } from "../../../src/framing/log/detect.ts";

const DETECTION_BYTES = 64 * 1024;
const time = "2026-01-02T03:04:05.1234567Z";

function detect(text: string, complete = true): boolean | null {
  return looksLikeLog(Buffer.from(text), complete);
}

const logs = [
  { name: "a CI log", text: `${time} ##[group]Run tests\n${time} hello\n${time} data: {}\n` },
  { name: "a log that begins in a stream", text: `${time} event: a\n` },
  { name: "a log of one line without an end", text: `${time} data: {}` },
  { name: "a log of gh run view", text: `build\ttest\t${time} data: {}\n` },
  { name: "a log of compose", text: "web-1  | up\nweb-1  | data: {}\ndb-1   | up\nweb-1  | \n" },
  { name: "a log of kubectl", text: "[pod/a/b] event: a\n[pod/a/b] data: {}\n" },
  { name: "syslog", text: "<34>Jan  2 03:04:05 host app: data: {}\n" },
  { name: "a trace of a shell", text: "+ curl -N api\ndata: {}\n" },
  { name: "curl -v", text: "* Connected\n> POST / HTTP/1.1\n> Host: api\n< HTTP/1.1 200 OK\n< \ndata: {}\n" },
  { name: "curl -v from the response on", text: "< HTTP/1.1 200 OK\n< \nevent: a\n" },
  {
    name: "curl's progress meter",
    text: "  % Total\n\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0data: {}\n",
  },
  { name: "Python's logging", text: 'INFO:app:up\nDEBUG:app:data: {"a":1}\nDEBUG:app:\nDEBUG:app:data: [DONE]\n' },
  { name: "uvicorn's log", text: 'INFO:     up\nDEBUG:    data: {"a":1}\nDEBUG:    data: {"a":2}\n' },
  { name: "a log of levels in brackets", text: "[DEBUG] event: a\n[DEBUG] data: {}\n" },
  { name: "a log after blank lines", text: `\n\r\n${time} data: {}\n` },
];

const others = [
  { name: "nothing", text: "" },
  { name: "blank lines", text: "\n\n" },
  { name: "a stream", text: "data: {}\n\n" },
  { name: "a stream after blank lines", text: "\n\ndata: {}\n\n" },
  { name: "a stream that begins with a comment", text: ": ping\n\ndata: 2024-01-01T00:00:00Z data: x\n\n" },
  { name: "a stream that begins with an unknown field", text: "x: 1\ndata: {}\n\n" },
  { name: "a stream with log lines inside", text: `event: log\ndata: ${time} data: x\n\n` },
  { name: "curl -i", text: "HTTP/1.1 200 OK\n\ndata: {}\n" },
  { name: "JSON", text: `{"log":\n"${time} data: x"}\n` },
  { name: "a web page", text: `<!doctype html>\n<pre>\n${time} data: x\n` },
  { name: "prose", text: "The line\ndata: x\nis one of a stream.\n" },
  { name: "prose with the word in its middle", text: "12:00:00 the data: x\nError data: y\n" },
  { name: "prose after a level", text: "Error: data: missing\n\nwarning: data: x\n\n" },
  { name: "prose after the same level", text: "Error: data: missing\nError: data: late\n" },
  { name: "a table", text: "name | data: what is sent\nid | the number\n" },
  { name: "YAML", text: "kind: ConfigMap\ndata:\n  a: 1\n" },
  { name: "a log without streams", text: `${time} hello\n${time} its data: x\n` },
];

describe.each(logs)("$name", ({ text }) => {
  test("is a log", () => {
    expect(detect(text)).toBe(true);
  });

  test("is never detected as something else before its end", () => {
    const bytes = Buffer.from(text);
    for (let end = 0; end < bytes.length; end += 1) {
      expect(looksLikeLog(bytes.subarray(0, end), false)).not.toBe(false);
    }
  });
});

test.each(others)("$name: is not a log", ({ text }) => {
  expect(detect(text)).toBe(false);
  for (let end = 0; end < text.length; end += 1) expect(detect(text.slice(0, end), false)).not.toBe(true);
});

describe("detection", () => {
  test("waits until it sees a stream, up to its limit", () => {
    expect(detect(`${time} hello\n`, false)).toBeNull();
    expect(detect(`${time} data: {}`, false)).toBeNull();
    expect(detect("\n".repeat(DETECTION_BYTES - 1), false)).toBeNull();
    expect(detect("\n".repeat(DETECTION_BYTES), false)).toBe(false);
    expect(detect("x\n".repeat(DETECTION_BYTES), false)).toBe(false);
    expect(detect("x".repeat(DETECTION_BYTES) + `\n${time} data: {}\n`, false)).toBe(false);
  });

  test("does not wait if the first bytes decide", () => {
    for (const text of ["data:", "event:", "id:", ":", "{", "<!", "<h", "HTTP/"])
      expect(detect(text, false)).toBe(false);
    for (const text of ["d", "<", "HTTP", "2"]) expect(detect(text, false)).toBeNull();
  });
});
