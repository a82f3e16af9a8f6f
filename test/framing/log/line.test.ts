// The prefixes of log lines, for each kind of log.
import { describe, expect, test } from "vitest";
import { read, readLine } from "./support.ts";

const ESC = "\u001B";
const GITHUB_TIME = "2026-01-02T03:04:05.1234567Z";
const GITHUB_AT = "2026-01-02T03:04:05.123Z";
const DOCKER_TIME = "2024-01-01T00:00:00.123456789Z";
const DOCKER_AT = "2024-01-01T00:00:00.123Z";

/** A log and the prefix of its lines, without the space that separates it from the content. */
const logs = [
  { log: "GitHub Actions", prefix: GITHUB_TIME, origin: "", at: GITHUB_AT },
  { log: "gh run view --log", prefix: `build\tRun tests\t${GITHUB_TIME}`, origin: "build / Run tests", at: GITHUB_AT },
  {
    log: "gh run view --log, at the first line of a step",
    prefix: `test (ubuntu, 20)\tUNKNOWN STEP\t\uFEFF${GITHUB_TIME}`,
    origin: "test (ubuntu, 20) / UNKNOWN STEP",
    at: GITHUB_AT,
  },
  { log: "a job with colons and accents", prefix: `data: é\tschön\t${GITHUB_TIME}`, origin: "", at: null },
  { log: "GitLab", prefix: "2024-05-22T12:43:46.962646Z 01O", origin: "", at: "2024-05-22T12:43:46.962Z" },
  { log: "docker logs -t", prefix: DOCKER_TIME, origin: "", at: DOCKER_AT },
  { log: "docker compose logs", prefix: "web-1     |", origin: "web-1", at: null },
  { log: "docker compose logs, coloured", prefix: `${ESC}[36mweb-1  |${ESC}[0m`, origin: "web-1", at: null },
  {
    log: "docker compose logs, its name coloured",
    prefix: `${ESC}[36mweb-1${ESC}[0m  |`,
    origin: "web-1",
    at: null,
  },
  { log: "docker compose logs --timestamps", prefix: `web-1  | ${DOCKER_TIME}`, origin: "web-1", at: DOCKER_AT },
  {
    log: "docker service logs",
    prefix: "web.1.mz3l@node-1    |",
    origin: "web.1.mz3l@node-1",
    at: null,
  },
  {
    log: "docker service logs -t",
    prefix: `${DOCKER_TIME} web.1.mz3l@node-1    |`,
    origin: "web.1.mz3l@node-1",
    at: DOCKER_AT,
  },
  { log: "foreman", prefix: "03:04:05 web.1   |", origin: "web.1", at: 11_045_000 },
  { log: "kubectl logs --prefix", prefix: "[pod/web-0/app]", origin: "pod/web-0/app", at: null },
  {
    log: "kubectl logs --prefix --timestamps",
    prefix: `[pod/web-0/app] ${DOCKER_TIME}`,
    origin: "pod/web-0/app",
    at: DOCKER_AT,
  },
  { log: "stern", prefix: "web-6d4cf56db6-x2v9k app", origin: "web-6d4cf56db6-x2v9k/app", at: null },
  {
    log: "stern, coloured",
    prefix: `${ESC}[38;5;2mweb-6d4cf56db6-x2v9k${ESC}[0m ${ESC}[1mapp${ESC}[0m`,
    origin: "web-6d4cf56db6-x2v9k/app",
    at: null,
  },
  { log: "containerd", prefix: "2016-10-06T00:17:09.669794202Z stdout F", origin: "", at: "2016-10-06T00:17:09.669Z" },
  { log: "CRI-O", prefix: "2016-10-06T02:17:09.669794202+02:00 stderr F", origin: "", at: "2016-10-06T00:17:09.669Z" },
  { log: "syslog", prefix: "Jan  2 03:04:05 host-1 app[123]:", origin: "host-1 app[123]", at: 97_445_000 },
  { log: "syslog without a process", prefix: "Dec 31 23:59:59 host app:", origin: "host app", at: 31_622_399_000 },
  { log: "syslog with a priority", prefix: "<34>Jan  2 03:04:05 host su:", origin: "host su", at: 97_445_000 },
  {
    log: "syslog as of RFC 5424",
    prefix: "<34>1 2003-10-11T22:14:15.003Z host app 123 ID47 -",
    origin: "host app[123]",
    at: "2003-10-11T22:14:15.003Z",
  },
  {
    log: "syslog as of RFC 5424, with data",
    prefix: String.raw`<165>1 2003-10-11T22:14:15.003Z host app - - [a@1 b="\"]" c="2"][d@1]`,
    origin: "host app",
    at: "2003-10-11T22:14:15.003Z",
  },
  { log: "syslog as of RFC 5424, without any origin", prefix: "<34>1 - - - - - -", origin: "", at: null },
  { log: "journald", prefix: "Jan 02 03:04:05 host app[123]:", origin: "host app[123]", at: 97_445_000 },
  {
    log: "journald, short-iso",
    prefix: "2024-01-02T03:04:05+0100 host app[123]:",
    origin: "host app[123]",
    at: "2024-01-02T02:04:05.000Z",
  },
  { log: "Heroku", prefix: `${DOCKER_TIME} app[web.1]:`, origin: "app[web.1]", at: DOCKER_AT },
  { log: "ts", prefix: "Jan 02 03:04:05", origin: "", at: 97_445_000 },
  { log: "ts %.s", prefix: "1704164645.250000", origin: "", at: "2024-01-02T03:04:05.250Z" },
  { log: "Jenkins", prefix: "[2024-01-01T00:00:00.000Z]", origin: "", at: "2024-01-01T00:00:00.000Z" },
  { log: "Go's log package", prefix: "2009/11/10 23:00:00", origin: "", at: "2009-11-10T23:00:00.000Z" },
  { log: "a clock", prefix: "03:04:05.250", origin: "", at: 11_045_250 },
  { log: "a clock in brackets", prefix: "[03:04:05]", origin: "", at: 11_045_000 },
  {
    log: "compose in GitHub Actions, printed at the end of the job",
    prefix: `${GITHUB_TIME} web-1  | ${DOCKER_TIME}`,
    origin: "web-1",
    at: DOCKER_AT,
  },
  {
    log: "compose in gh run view --log",
    prefix: `build\tLogs\t${GITHUB_TIME} ${ESC}[36mweb-1  |${ESC}[0m`,
    origin: "build / Logs / web-1",
    at: GITHUB_AT,
  },
  {
    log: "a logger in compose in GitLab",
    prefix: `2024-05-22T12:43:46.962646Z 01O web-1  | 2024-01-01 00:00:00,500`,
    origin: "web-1",
    at: "2024-01-01T00:00:00.500Z",
  },
  { log: "a clock in GitHub Actions", prefix: `${GITHUB_TIME} [03:04:05]`, origin: "", at: GITHUB_AT },
  {
    log: "kubectl in GitHub Actions",
    prefix: `${GITHUB_TIME} [pod/web-0/app]`,
    origin: "pod/web-0/app",
    at: GITHUB_AT,
  },
].filter(({ log }) => log !== "a job with colons and accents");

describe.each(logs)("$log", ({ prefix, origin, at }) => {
  test.each(["data: {}", "event: ping", "id: 1", "retry: 10", ": ping", "data:", "plain text", " data: indented"])(
    "leaves %j unchanged",
    (text) => {
      expect(read(`${prefix} ${text}`)).toEqual({ kind: "content", text, origin, at });
      expect(read(`${prefix} ${text}\r`)).toEqual({ kind: "content", text, origin, at });
    },
  );

  test("has blank lines, with and without the space before them", () => {
    expect(read(`${prefix} `)).toEqual({ kind: "content", text: "", origin, at });
    expect(read(prefix)).toEqual({ kind: "content", text: "", origin, at });
    expect(read(`${prefix} ${ESC}[0m`)).toEqual({ kind: "content", text: "", origin, at });
  });

  test("may have colours around the content", () => {
    expect(read(`${prefix} ${ESC}[32mdata: 1${ESC}[0m`)).toEqual({ kind: "content", text: "data: 1", origin, at });
    expect(read(`${prefix} data: 1${ESC}[0m${ESC}[0K`)).toEqual({ kind: "content", text: "data: 1", origin, at });
  });
});

describe("a bare stream", () => {
  const lines = [
    "",
    "data: 2024-01-01T00:00:00Z data: x",
    "data: web-1  | data: x",
    `data: ${ESC}[32mgreen${ESC}[0m`,
    "data: + curl",
    "data: a\rdata: b",
    "event: 12:00:00",
    ": 2024-01-01T00:00:00Z comment",
    ":",
    "id: 2024-01-01T00:00:00Z",
    "retry: 10",
    "data",
    "unknown: 12:00:00 data: x",
    "{}",
    "INFO received data: x",
    "prose, in which data: stands",
    "12 data: x",
    "2024-01-01 data: x",
    "2024-13-01T00:00:00Z data: x",
    "24:00:00 data: x",
    "2024-01-01T00:00:00Zdata: x",
    "[2024-01-01T00:00:00Z data: x",
    "[pod/a b] data: x",
    "a|b data: x",
    "web app data: x",
    "<html> data: x",
    "<34> data: x",
    "<34>1 2003-10-11T22:14:15.003Z host data: x",
    "a\tb\tdata: x",
    `${ESC} data: x`,
  ];

  test.each(lines)("has %j unchanged", (text) => {
    expect(read(text)).toEqual({ kind: "content", text, origin: "", at: null });
  });
});

describe("a logger's words between the time and a line of a stream", () => {
  const words = [
    "INFO",
    "[info]",
    " INFO ",
    "INFO:",
    "DEBUG -",
    "- INFO -",
    "-",
    "app.stream:",
    "main.go:23:",
    "[main]",
    "INFO app.stream:",
    "[INFO] app.stream -",
    "- app - INFO -",
    "| INFO     | app.stream:read:12 -",
    " INFO 1234 --- [main] c.e.Client  :",
    "INFO\tmain.go:12\t",
    "INFO[0000]",
  ];

  test.each(words)("%j are not content", (words) => {
    expect(read(`2024-01-01 00:00:00,250 ${words} data: {}`)).toMatchObject({
      text: "data: {}",
      at: "2024-01-01T00:00:00.250Z",
    });
  });

  test.each(["INFO", "[info]", "DEBUG -", "- app - INFO - ", "INFO app.stream:"])(
    "%j without a message is a blank line",
    (words) => {
      expect(read(`03:04:05 ${words}`)).toMatchObject({ kind: "content", text: "" });
    },
  );

  const prose = [
    "received data: x",
    "INFO received data: x",
    "note: see data: x",
    "note: data: x",
    "INFO server started",
  ];

  test.each(prose)("%j are content", (text) => {
    expect(read(`03:04:05 ${text}`)).toMatchObject({ kind: "content", text });
  });

  test("are detected by their level if there is no time", () => {
    expect(read("INFO:root:data: {}")).toMatchObject({ text: "data: {}" });
    expect(read("[debug] data: {}")).toMatchObject({ text: "data: {}" });
    expect(read("INFO:root:")).toMatchObject({ text: "" });
    expect(read("INFO")).toMatchObject({ text: "INFO" });
  });
});

describe("lines in parts", () => {
  test("of GitLab are marked as continuing, and are not parsed further", () => {
    const text = `${ESC}[0K2024-01-01T00:00:00Z data: x`;
    expect(readLine(`2024-05-22T12:43:46.962646Z 01O+${text}`)).toMatchObject({
      kind: "content",
      content: Buffer.from(text),
      channel: "01O",
      continues: true,
      isPartial: false,
    });
    expect(readLine("2024-05-22T12:43:46.962646Z 01E data: x")).toMatchObject({ channel: "01E", continues: false });
  });

  test("of a container runtime are marked as partial, with the start of the next part", () => {
    const first = readLine('2016-10-06T00:17:09.669794202Z stdout P data: {"a');
    expect(first).toMatchObject({ content: Buffer.from('data: {"a'), channel: "stdout", isPartial: true });
    const next = "2016-10-06T00:17:09.669794202Z stdout F  INFO data: x";
    expect(readLine(next)).toMatchObject({ isPartial: false, restStart: next.indexOf(" INFO") });
  });

  test("keep the colour at the end of a part", () => {
    const text = `data: ${ESC}[0m`;
    expect(read(`2016-10-06T00:17:09.669794202Z stdout P ${text}`)).toMatchObject({ text });
  });
});

describe("overwritten text", () => {
  const line = "data: {}";
  const progress = "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0";

  test.each([
    `\r${progress}\r${progress}\r${line}`,
    `\r${progress}${line}`,
    `\r100   161    0     0  100   161      0    134  0:00:01  0:00:01 --:--:--   134${line}`,
    `${GITHUB_TIME} \r${progress}\r${line}`,
    `section_end:1560896352:build\r${ESC}[0K${line}`,
    `spinner\r${ESC}[2K${line}\r`,
  ])("%j ends in a line of a stream", (text) => {
    expect(read(text)).toMatchObject({ kind: "content", text: line });
  });

  test("is kept if no line of a stream follows", () => {
    expect(read("10%\r100%\r")).toMatchObject({ kind: "content", text: "10%\r100%" });
  });
});

describe("a very long line", () => {
  const text = `data: ${"x".repeat(20 * 2 ** 20)}`;
  const line = Buffer.from(`${GITHUB_TIME} ${ESC}[1m${text}${ESC}[0m\r`);

  test("is passed on without a copy", () => {
    const { content } = readLine(line);
    expect(content.length).toBe(text.length);
    expect(content.equals(Buffer.from(text))).toBe(true);
  });

  test("without any prefix is not searched for one", () => {
    const { start, end, origin } = readLine(Buffer.alloc(2 ** 20, "a"));
    expect({ start, end, origin }).toEqual({ start: 0, end: 2 ** 20, origin: "" });
  });
});
