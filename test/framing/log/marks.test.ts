// Lines that mark progress, and that they never reveal a key.
import { describe, expect, test } from "vitest";
import { read } from "./support.ts";

const ESC = "\u001B";

const marks = [
  { line: "##[group]Run curl -H 'x-api-key: sk-1'", kind: "boundary", text: "" },
  { line: "##[endgroup]", kind: "boundary", text: "" },
  { line: "##[section]Starting: test", kind: "boundary", text: "" },
  { line: "##[error]Process completed with exit code 1.", kind: "noise", text: "" },
  { line: "##[debug]sk-1", kind: "noise", text: "" },
  { line: "[command]/usr/bin/git version", kind: "boundary", text: "" },
  { line: "[command]/usr/bin/curl -H sk-1", kind: "request", text: "curl" },
  { line: "section_start:1560896352:build[collapsed=true]", kind: "boundary", text: "" },
  { line: `section_end:1560896352:build\r${ESC}[0K`, kind: "boundary", text: "" },
  {
    line: `${ESC}[0Ksection_end:1:a\r${ESC}[0Ksection_start:1:b\r${ESC}[0K${ESC}[36;1mText${ESC}[0;m`,
    kind: "boundary",
    text: "",
  },
  { line: "2024-05-22T12:43:46.962646Z 00O+section_start:1560896352:build\r", kind: "boundary", text: "" },
  { line: `${ESC}_bk;t=1700000000000\u0007--- Tests`, kind: "boundary", text: "" },
  { line: `${ESC}_bk;t=1700000000000\u0007~~~ Setup`, kind: "boundary", text: "" },
  { line: `${ESC}_bk;t=1700000000000\u0007+++ Tests`, kind: "boundary", text: "" },
  { line: "< HTTP/1.1 200 OK", kind: "response-head", text: "HTTP/1.1 200 OK" },
  { line: "< HTTP/2 200 \r", kind: "response-head", text: "HTTP/2 200 " },
  { line: "< content-type: text/event-stream", kind: "response-head", text: "content-type: text/event-stream" },
  { line: "< \r", kind: "response-head", text: "" },
  { line: "<", kind: "response-head", text: "" },
  { line: "HTTP/1.1 200 OK\r", kind: "response-head", text: "HTTP/1.1 200 OK" },
  { line: "2026-01-02T03:04:05Z HTTP/2 404", kind: "response-head", text: "HTTP/2 404" },
  { line: "> POST /v1/responses HTTP/1.1", kind: "request", text: "POST /v1/responses" },
  { line: "> POST /v1beta/x:generate?alt=sse&key=sk-1 HTTP/2\r", kind: "request", text: "POST /v1beta/x:generate" },
  { line: "> GET http://user:sk-1@host/ HTTP/1.1", kind: "request", text: "GET" },
  { line: "> Authorization: Bearer sk-1", kind: "noise", text: "" },
  { line: "> ", kind: "noise", text: "" },
  { line: ">", kind: "noise", text: "" },
  { line: "* Connected to api (127.0.0.1) port 443", kind: "noise", text: "" },
  { line: "* Connection #0 to host api left intact", kind: "boundary", text: "" },
  { line: "* Closing connection 0", kind: "boundary", text: "" },
  { line: "} [5 bytes data]", kind: "noise", text: "" },
  { line: "{ [1369 bytes data]", kind: "noise", text: "" },
  { line: "+ curl -N -H 'authorization: Bearer sk-1'", kind: "request", text: "curl" },
  { line: "++ /opt/bin/http POST api", kind: "request", text: "http" },
  { line: "+ KEY=sk-1 timeout 60 curl -N api", kind: "request", text: "curl" },
  { line: "+ stdbuf -oL wget", kind: "request", text: "wget" },
  { line: "+ export KEY=sk-1", kind: "noise", text: "" },
  { line: "+ echo curl", kind: "noise", text: "" },
  { line: `${ESC}[32;1m$ curl -H sk-1${ESC}[0;m`, kind: "request", text: "curl" },
];

test.each(marks)("$line is a mark: $kind", ({ line, kind, text }) => {
  expect(read(line)).toMatchObject({ kind, text });
});

describe("no mark", () => {
  const lines = [
    "##group",
    "<!doctype html>",
    "< b",
    ">quote",
    "*bold*",
    "{}",
    "{ [5 bytes of data] }",
    "[commands]",
    "section_start",
    "section_start:x:y",
    "--- a/file",
    "+1",
    "$ ls",
    "HTTP is a protocol",
    "HTTPS",
  ];

  test.each(lines)("is %j", (text) => {
    expect(read(text)).toEqual({ kind: "content", text, origin: "", at: null });
  });

  test("is the continuation of a GitLab line", () => {
    expect(read("2024-05-22T12:43:46.962646Z 01O+> quote")).toMatchObject({ kind: "content", text: "> quote" });
  });
});

test("a time of Buildkite is in milliseconds since the epoch", () => {
  expect(read(`${ESC}_bk;t=1700000000250\u0007data: {}`)).toEqual({
    kind: "content",
    text: "data: {}",
    origin: "",
    at: "2023-11-14T22:13:20.250Z",
  });
  expect(read(`${ESC}_bk;t=1700000000250\u0007`)).toMatchObject({ text: "", at: "2023-11-14T22:13:20.250Z" });
});
