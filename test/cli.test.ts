import { describe, expect, test } from "vitest";
import metadata from "../package.json" with { type: "json" };
import { dialects } from "../src/dialects/index.ts";
import { channels } from "../src/model/text-kinds.ts";
import { framings } from "../src/framing/index.ts";
import { views } from "../src/views/index.ts";
import { run } from "./support/io.ts";
import { reportOf } from "./support/read-report.ts";
import { answer, created, data, stream } from "./support/stream.ts";

describe("--help", () => {
  const flags = [
    ["-f", "--format"],
    ["--json"],
    ["--show"],
    ["--framing"],
    ["--dialect"],
    ["--max-event-size"],
    ["-q", "--quiet"],
    ["--color"],
    ["-X", "--request"],
    ["-H", "--header"],
    ["-d", "--data"],
    ["--bearer-env"],
    ["-V", "--version"],
    ["-h", "--help"],
  ];

  test("lists every option on stdout, and exits with 0", async () => {
    const { exitCode, stdout, stderr } = await run(["--help"]);
    for (const names of flags) expect(stdout).toMatch(new RegExp(`^  ${names.join(", ")}\\b`, "m"));
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
  });

  test("lists every format, framing, dialect and channel", async () => {
    const { stdout } = await run(["--help"]);
    for (const { name } of [...views, ...framings, ...dialects]) {
      expect(stdout).toMatch(new RegExp(`^ {6}${name} +\\S`, "m"));
    }
    for (const channel of channels) expect(stdout).toMatch(new RegExp(`\\b${channel}\\b`));
  });

  test("gives examples", async () => {
    const { stdout } = await run(["--help"]);
    expect(stdout).toMatch(/\nExamples:\n {2}# .*\n {2}ssescope /);
  });
});

test("no source and no terminal means standard input", async () => {
  const { exitCode, stdout } = await run([], { stdin: [answer("hey")] });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "hey" });
});

test.each(["--version", "-V"])("%s prints the version alone", async (flag) => {
  expect(await run([flag])).toEqual({ exitCode: 0, stdout: `${metadata.version}\n`, stderr: "" });
});

describe("a mistake in the options exits with 2 and says what would be right", () => {
  test.each([
    ["--formt", "--format"],
    ["--dialct", "--dialect"],
    ["--queit", "--quiet"],
    ["--jsno", "--json"],
  ])("%s", async (flag, meant) => {
    const { exitCode, stdout, stderr } = await run([flag, "-"]);
    expect(stderr).toContain(flag);
    expect(stderr).toContain(`Did you mean ${meant}?`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  test.each([
    ["--format", "yaml", "text, events, wire, facts, report, raw"],
    ["--framing", "xml", "ndjson, sse"],
    ["--dialect", "klingon", dialects.map(({ name }) => name).join(", ")],
    ["--show", "text,smell", "text, reasoning, tools, refusal, code, or all"],
    ["--show", "", "text, reasoning, tools, refusal, code, or all"],
    ["--max-event-size", "lots", "1048576, 64MiB or 256M"],
    ["--max-event-size", "0", "1048576, 64MiB or 256M"],
    ["--max-event-size", "-1", "1048576, 64MiB or 256M"],
    ["--max-event-size", "1.5M", "1048576, 64MiB or 256M"],
    ["--max-event-size", "20G", "at most 511MiB"],
    ["--color", "sometimes", "auto, always, never"],
  ])("%s %j", async (flag, value, allowed) => {
    const { exitCode, stdout, stderr } = await run([`${flag}=${value}`, "-"], { stdin: [answer("hey")] });
    expect(stderr).toContain(`${flag} `);
    expect(stderr).toContain(`'${value}'`);
    expect(stderr).toContain(allowed);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  test.each(["--format", "--show", "--max-event-size", "--header"])("%s without a value", async (flag) => {
    const { exitCode, stderr } = await run([flag]);
    expect(stderr).toContain(`${flag} `);
    expect(stderr).toContain(`${flag} needs <`);
    expect(exitCode).toBe(2);
  });

  test.each(["text", "events", "wire", "facts", "raw"])("--json and --format %s together", async (format) => {
    const { exitCode, stdout, stderr } = await run(["--json", "--format", format], { stdin: [answer("hey")] });
    expect(stderr).toContain(`--json and --format ${format}`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  test.each([
    ["--request", "POST"],
    ["--header", "a: b"],
    ["--data", "{}"],
    ["--data", ""],
    ["--bearer-env", "TOKEN"],
  ])("%s %j without a URL", async (flag, value) => {
    const { exitCode, stdout, stderr } = await run([flag, value, "-"], { stdin: [answer("hey")] });
    expect(stderr).toMatch(/need a URL source[^]*http:\/\//);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  test.each([[["-", "-"]], [["--data", "@-", "http://127.0.0.1:1", "-"]]])("standard input twice: %j", async (argv) => {
    const { exitCode, stderr } = await run(argv, { stdin: [answer("hey")] });
    expect(stderr).toContain("standard input is used more than once");
    expect(exitCode).toBe(2);
  });
});

test("--json and --format report agree", async () => {
  const short = await run(["--json"], { stdin: [answer("hey")] });
  expect(await run(["--format", "report"], { stdin: [answer("hey")] })).toEqual(short);
  expect(await run(["--json", "--format", "report"], { stdin: [answer("hey")] })).toEqual(short);
});

describe("--quiet", () => {
  test("leaves stderr empty where nothing is wrong", async () => {
    expect(await run(["--quiet"], { stdin: [answer("hey")] })).toEqual({ exitCode: 0, stdout: "hey", stderr: "" });
  });

  test("still says in one line what came instead of a stream", async () => {
    const { exitCode, stderr } = await run(["-q"], { stdin: ["<html><title>502 Bad Gateway</title>"] });
    expect(stderr).toBe("ssescope: -: not-a-stream: an HTML page: 502 Bad Gateway\n");
    expect(exitCode).toBe(7);
  });

  test("still says which source cannot be read", async () => {
    const { exitCode, stderr } = await run(["-q", "no/such/file.sse"]);
    expect(stderr).toMatch(/^ssescope: cannot read no\/such\/file\.sse: no such file\n/);
    expect(exitCode).toBe(2);
  });
});

describe("the dialect", () => {
  test("that was named and does not fit is an error", async () => {
    const { exitCode, stderr } = await run(["--dialect", "openai-responses"], { stdin: [data("hello")] });
    expect(stderr).toContain("no event matches the dialect openai-responses");
    expect(exitCode).toBe(2);
  });

  test("is not detected from an event that it does not know", async () => {
    const report = await reportOf(data('{"type":"response.of_the_future"}'));
    expect(report).toMatchObject({ dialect: "generic", verdict: "ended", exitCode: 0, findings: [] });
  });

  test("generic, where it is named, is taken for any stream", async () => {
    expect(await reportOf(answer("hey"), "--dialect", "generic")).toMatchObject({ dialect: "generic", exitCode: 0 });
  });
});

describe("--max-event-size", () => {
  const input = stream(created()) + data("x".repeat(2000)) + data("never read");

  test("ends the reading at the event that is larger, names its place and exits with 2", async () => {
    const { exitCode, stderr } = await run(["--max-event-size", "1K", "-q"], { stdin: [input] });
    const offset = stream(created()).length;
    expect(stderr).toContain(`the event at line 4, byte ${offset} is larger than 1024 bytes`);
    expect(stderr).toContain("raise --max-event-size");
    expect(exitCode).toBe(2);
  });

  test("keeps what came before in the report", async () => {
    const report = await reportOf(input, "--max-event-size", "1K");
    expect(report).toMatchObject({ verdict: "truncated", exitCode: 2, events: 1, responses: [{ id: "resp_1" }] });
  });

  test.each(["4096", "4k", "4KB", "4KiB", "4 K"])("lets through what is smaller: %s", async (size) => {
    expect((await reportOf(data("x".repeat(4000)), "--max-event-size", size)).exitCode).toBe(0);
    expect((await reportOf(data("x".repeat(4100)), "--max-event-size", size)).exitCode).toBe(2);
  });
});
