// Changes of raw HTTP responses.
import type { NamedChange } from "./changes.ts";
import type { Random } from "../mutation/random.ts";
import { hostileText } from "./hostile-json.ts";

/** Separates the responses of several connections. */
export const NEXT = "\n==> next <==\n";

const STATUS_LINES = [
  "HTTP/1.1 200 OK",
  "HTTP/1.1 204 No Content",
  "HTTP/1.1 205",
  "HTTP/1.1 206 Partial",
  "HTTP/1.1 304 Not Modified",
  "HTTP/1.1 100 Continue",
  "HTTP/1.1 103 Early Hints",
  "HTTP/1.1 199 ",
  "HTTP/1.1 401 Unauthorized",
  "HTTP/1.1 407 Proxy",
  "HTTP/1.1 413 ",
  "HTTP/1.1 421 Misdirected",
  "HTTP/1.1 425 Too Early",
  "HTTP/1.1 429 Too Many Requests",
  "HTTP/1.1 500 \x1b[31mred",
  "HTTP/1.1 503 Unavailable",
  "HTTP/1.1 529 Overloaded",
  "HTTP/1.1 599 ",
  "HTTP/1.1 600 x",
  "HTTP/1.1 999 x",
  "HTTP/1.1 000 x",
  "HTTP/1.1 2000 x",
  "HTTP/1.1 -1 x",
  "HTTP/1.1 20 x",
  "HTTP/1.0 200 OK",
  "HTTP/0.9 200 OK",
  "HTTP/2 200",
  "HTTP/1.1",
  "ICY 200 OK",
  "SSH-2.0-OpenSSH",
  "\x16\x03\x01",
  "",
];
const REDIRECTS = [301, 302, 303, 307, 308, 300, 304];
const LOCATIONS = [
  "/v1/elsewhere",
  "//127.0.0.1:1/",
  "http://nowhere.invalid/",
  "http://169.254.169.254/latest/",
  "http://[::ffff:169.254.169.254]/",
  "http://0/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "data:text/event-stream,data: x",
  "ws://127.0.0.1:1/",
  "https://",
  "http://user:password@127.0.0.1:1/",
  "?",
  "#",
  "",
  "\x01",
  "http://a\x1b[31m.invalid/",
  "http://xn--/",
  "http://%00/",
  "http://127.0.0.1:99999/",
  "\xff\xfe",
];
const HEADERS = [
  "transfer-encoding: chunked",
  "transfer-encoding: gzip, chunked",
  "transfer-encoding: identity",
  "transfer-encoding: \x0bchunked",
  "content-length: 0",
  "content-length: 10",
  "content-length: -1",
  "content-length: 1, 2",
  "content-length: 99999999999999999999",
  "content-length: 0x10",
  "content-encoding: gzip",
  "content-encoding: br",
  "content-encoding: zstd",
  "content-encoding: deflate",
  "content-encoding: gzip, gzip, gzip, gzip, gzip, gzip",
  "content-encoding: nonsense",
  "content-type: application/json",
  "content-type: text/html",
  "content-type: application/vnd.amazon.eventstream",
  "content-type: \x1b]0;owned\x07",
  "retry-after: 0",
  "retry-after: 99999999999",
  "retry-after: Fri, 31 Dec 9999 23:59:59 GMT",
  "retry-after: soon",
  "set-cookie: a=b",
  "connection: close",
  "connection: keep-alive, upgrade",
  "upgrade: h2c",
  "keep-alive: timeout=0",
  "trailer: x-end",
  "__proto__: x",
  "constructor: x",
  "x-request-id: \x1b[2J",
  "x-a: \xff\xfe",
  "x-a:",
  ": x",
  "x a: b",
  "no colon",
  " folded",
  "\tfolded: x",
  "x-long: " + "y".repeat(20_000),
  "x-many: 1\r\n".repeat(150).trimEnd(),
  "openai-processing-ms: 1e999",
  "x-ratelimit-remaining-tokens: \x9b2J",
];

function head(input: string, random: Random, edit: (lines: string[], random: Random) => void): string {
  const responses = input.split(NEXT);
  const at = random.below(responses.length);
  const response = responses[at] ?? "";
  const end = response.indexOf("\r\n\r\n");
  const lines = response.slice(0, Math.max(end, 0)).split("\r\n");
  edit(lines, random);
  responses[at] = lines.join("\r\n") + response.slice(Math.max(end, 0));
  return responses.join(NEXT);
}

const place = (lines: readonly string[], random: Random): number => 1 + random.below(Math.max(lines.length, 1));
const headChange = (name: string, edit: (lines: string[], random: Random) => void): NamedChange => ({
  name,
  change: (input, random) => head(input, random, edit),
});

const CHUNK_SIZES = [
  "0",
  "1",
  "ffffffff",
  "fffffffffffffffff",
  "-1",
  "0x5",
  "5;ext=1",
  "5;" + "e".repeat(20_000),
  "",
  " 5",
  "5 ",
  "g",
  "0000000005",
];

export const httpChanges: readonly NamedChange[] = [
  headChange("a status line is replaced", (lines, random) => (lines[0] = random.pick(STATUS_LINES))),
  headChange("a response becomes a redirect", (lines, random) => {
    lines[0] = `HTTP/1.1 ${random.pick(REDIRECTS)} Moved`;
    lines.splice(1, 0, `location: ${random.pick(LOCATIONS)}`);
  }),
  headChange("a header is added", (lines, random) => lines.splice(place(lines, random), 0, random.pick(HEADERS))),
  headChange("a header is missing", (lines, random) => lines.splice(place(lines, random), 1)),
  headChange("a header is repeated", (lines, random) => {
    const at = place(lines, random);
    lines.splice(at, 0, lines[at] ?? "");
  }),
  headChange("a header is hostile", (lines, random) => {
    const at = place(lines, random);
    lines[at] = `${/^[^:]*/.exec(lines[at] ?? "x")?.[0]}: ${hostileText(random)}`;
  }),
  {
    name: "an interim response comes first",
    change: (input, random) =>
      `${"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".repeat(random.pick([1, 2, 40]))}${input}`,
  },
  {
    name: "a chunk has another size",
    change(input, random) {
      const sizes = [...input.matchAll(/(?<=\r\n)[0-9a-f]+(?=\r\n)/g)];
      if (sizes.length === 0) return input;
      const { 0: size, index } = random.pick(sizes);
      return input.slice(0, index) + random.pick(CHUNK_SIZES) + input.slice(index + size.length);
    },
  },
  {
    name: "a trailer is added",
    change: (input) => input.replace(/\r\n0\r\n\r\n/, "\r\n0\r\nx-end: \x1b[1m\r\n__proto__: 1\r\n\r\n"),
  },
  { name: "something follows the end", change: (input) => `${input}HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc` },
  { name: "a response is repeated", change: (input) => input + NEXT + input },
  {
    name: "a response comes from another model",
    change: (input, random, other) => (random.below(2) === 0 ? input + NEXT + other : other + NEXT + input),
  },
  { name: "a line end of the headers is replaced", change: (input) => input.replace(/\r\n/, "\n") },
];

/** Changes of WebSocket frames. https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
const FRAMES = [
  "\x81\x00",
  "\x01\x02{}",
  "\x80\x00",
  "\x82\x03\x00\x01\xff",
  "\x81\x7e\x00\x02{}",
  "\x81\x7f\x00\x00\x00\x00\x00\x00\x00\x02{}",
  "\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff",
  "\x81\x7f\x00\x00\x00\x7f\xff\xff\xff\xff",
  "\x81\x82\x00\x00\x00\x00{}",
  "\xc1\x02{}",
  "\xf1\x02{}",
  "\x83\x01x",
  "\x8b\x01x",
  "\x89\x00",
  "\x89\x7e\x00\x80" + "p".repeat(128),
  "\x8a\x02hi",
  "\x09\x01x",
  "\x88\x00",
  "\x88\x01\x03",
  "\x88\x02\x03\xe8",
  "\x88\x02\x00\x00",
  "\x88\x06\x03\xf3\xff\xfe\xed\xa0",
  "\x88\x0b\x03\xf3\x1b[2Joops",
  "\x81\x04\xed\xa0\x80x",
  '\x81\x0a{"type":1}',
];

export const frameChanges: readonly NamedChange[] = Array.from({ length: 3 }, () => ({
  name: "a frame is added",
  change(input: string, random: Random): string {
    const bodyStart = input.indexOf("\r\n\r\n") + 4;
    const frames = [...input.slice(bodyStart).matchAll(/[\x81\x82\x88\x89]/g)];
    const at = random.below(3) === 0 || frames.length === 0 ? input.length : bodyStart + random.pick(frames).index;
    return input.slice(0, at) + random.pick(FRAMES) + input.slice(at);
  },
}));
