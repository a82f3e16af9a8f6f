// What is taken for a log with streams in it, and what is not.
import { describe, expect, test } from "vitest";
import { looksLikeLog } from "../../../src/framing/log/guess.ts";

const GUESS_BYTES = 64 * 1024;
const time = "2026-01-02T03:04:05.1234567Z";

function guess(text: string, complete = true): boolean | null {
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
  { name: "curl -v from its answer on", text: "< HTTP/1.1 200 OK\n< \nevent: a\n" },
  {
    name: "curl's progress meter",
    text: "  % Total\n\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0data: {}\n",
  },
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
  { name: "a table", text: "name | data: what is sent\nid | the number\n" },
  { name: "YAML", text: "kind: ConfigMap\ndata:\n  a: 1\n" },
  { name: "a log without streams", text: `${time} hello\n${time} its data: x\n` },
];

describe.each(logs)("$name", ({ text }) => {
  test("is a log", () => {
    expect(guess(text)).toBe(true);
  });

  test("is never taken for something else on the way", () => {
    const bytes = Buffer.from(text);
    for (let end = 0; end < bytes.length; end += 1) {
      expect(looksLikeLog(bytes.subarray(0, end), false)).not.toBe(false);
    }
  });
});

test.each(others)("$name: is no log", ({ text }) => {
  expect(guess(text)).toBe(false);
  for (let end = 0; end < text.length; end += 1) expect(guess(text.slice(0, end), false)).not.toBe(true);
});

describe("the guess", () => {
  test("waits while no stream was seen, and no longer than it may", () => {
    expect(guess(`${time} hello\n`, false)).toBeNull();
    expect(guess(`${time} data: {}`, false)).toBeNull();
    expect(guess("\n".repeat(GUESS_BYTES - 1), false)).toBeNull();
    expect(guess("\n".repeat(GUESS_BYTES), false)).toBe(false);
    expect(guess("x\n".repeat(GUESS_BYTES), false)).toBe(false);
    expect(guess("x".repeat(GUESS_BYTES) + `\n${time} data: {}\n`, false)).toBe(false);
  });

  test("does not wait where the first bytes tell", () => {
    for (const text of ["data:", "event:", "id:", ":", "{", "<!", "<h", "HTTP/"])
      expect(guess(text, false)).toBe(false);
    for (const text of ["d", "<", "HTTP", "2"]) expect(guess(text, false)).toBeNull();
  });
});
