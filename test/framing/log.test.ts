// Streams in logs: which lines belong to a stream, where it begins and ends, and its place in the log.
import { describe, expect, test } from "vitest";
import { chunkings } from "../support/chunkings.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { answer, completed, created, stream, textDelta } from "../support/stream.ts";
import { isExhaustive } from "../support/exhaustive.ts";

const TIME = "2026-03-04T05:06:07.0000000Z";

/** The lines of a text, each with a prefix. */
function behind(prefix: string, text: string): string[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => prefix + line);
}

/** The prefix of a line that was written `ms` after the first. */
function at(ms: number): string {
  return `${new Date(Date.UTC(2026, 2, 4, 5, 6, 7) + ms).toISOString()} `;
}

/** The reports of the streams in a log. */
async function dig(lines: readonly string[], ...argv: string[]) {
  const { stdout } = await run(["--json", "--framing", "log", ...argv], { stdin: [`${lines.join("\n")}\n`] });
  return stdout
    .trim()
    .split(/\n(?=\{)/)
    .map(parseReport);
}

function textsOf(reports: Awaited<ReturnType<typeof dig>>): string[] {
  return reports.map(({ responses }) => responses[0]?.text ?? "none");
}

describe("a log that is detected", () => {
  test.each([
    ["GitHub Actions", "log/github-actions.log", ["The tide turns at noon."]],
    ["gh run view --log", "log/github-cli.log", ["hey", ""]],
    ["GitLab, with sections and appended lines", "log/gitlab.log", ["The tide turns at noon."]],
    ["docker compose, two services at once", "log/docker-compose.log", ["", "The tide turns at noon."]],
    ["kubectl, two pods at once", "log/kubectl.log", ["The tide turns", "High tide."]],
    ["syslog, over midnight", "log/syslog.log", ["Once upon a tide"]],
    ["curl -v and set -x, two requests", "log/curl-verbose.log", ["hey", "The tide turns at noon."]],
  ])("of %s", async (_, name, texts) => {
    const { stdout } = await run(["--json", fixtureNamed(name).path]);
    const reports = stdout.trim().split("\n").map(parseReport);
    expect(reports.map(({ framing }) => framing)).toEqual(texts.map(() => "log"));
    expect(textsOf(reports).toSorted()).toEqual(texts.toSorted());
  });

  test.each(chunkings)("gives the same reports when it arrives $name", async ({ cut }) => {
    const { bytes, path } = fixtureNamed("log/docker-compose.log");
    const whole = await run(["--json", path]);
    const pieces = await run(["--json"], { stdin: cut(Buffer.from(bytes)) });
    expect(pieces.stdout.replaceAll('"source":"-"', `"source":${JSON.stringify(path)}`)).toBe(whole.stdout);
  });
});

describe("text around a stream", () => {
  test("is skipped and counted, also within an event", async () => {
    const [head, ...rest] = behind(`${TIME} `, answer("hey"));
    const [report] = await dig([`${TIME} hello`, head ?? "", `${TIME} INFO: something else`, ...rest, `${TIME} bye`]);
    expect(report).toMatchObject({ verdict: "completed", stream: { name: null, line: 2, skippedLines: 3 } });
    expect(report?.responses[0]?.text).toBe("hey");
  });

  test.each([
    ["a key of YAML", ["data:", "  name: x"]],
    ["prose", ["data: this is what came"]],
    ["a lone name", ["event: deployment started", "", "done"]],
  ])("is not a stream, although it resembles one: %s", async (_, noise) => {
    const reports = await dig([
      ...noise,
      ...behind(`${TIME} `, answer("hey")),
      ...noise.map((line) => `${TIME} web: ${line}`),
    ]);
    expect(textsOf(reports)).toEqual(["hey"]);
  });
});

describe("places", () => {
  test("are those of the log", async () => {
    const prefix = `${TIME} `;
    const lines = [`${prefix}+ curl -N https://example.com`, ...behind(prefix, stream(created(), textDelta("hey")))];
    const [report] = await dig(lines);
    const [finding] = report?.findings.filter(({ rule }) => rule === "no-terminal") ?? [];
    // The second event: its name is on the fifth line of the log.
    expect(finding).toMatchObject({ event: 1, line: 5 });
    const offset = lines.slice(0, 4).join("\n").length + 1 + prefix.length;
    expect(finding?.offset).toBe(offset);
  });
});

describe("another stream begins", () => {
  test.each([
    ["with another request", `${TIME} > POST /v1/responses HTTP/2`],
    ["with another step", `${TIME} ##[group]Run again`],
    ["with another response", `${TIME} < HTTP/2 200`],
    ["when a connection is closed", `${TIME} * Connection #0 to host example.com left intact`],
  ])("%s", async (_, boundary) => {
    const lines = behind(`${TIME} `, answer("hey"));
    expect(textsOf(await dig([...lines, boundary, ...lines]))).toEqual(["hey", "hey"]);
    // Without the boundary they are two responses of one stream.
    const [report, ...others] = await dig([...lines, `${TIME} talk`, ...lines]);
    expect(others).toEqual([]);
    expect(report?.responses.map(({ text }) => text)).toEqual(["hey", "hey"]);
  });

  test("in the middle of an event: the first stream is cut", async () => {
    const cut = behind(`${TIME} `, stream(created(), textDelta("he"))).slice(0, -1);
    const reports = await dig([...cut, `${TIME} + curl -N https://example.com`, ...behind(`${TIME} `, answer("hey"))]);
    expect(reports.map(({ verdict }) => verdict)).toEqual(["truncated", "completed"]);
  });
});

describe("an HTTP response in a log", () => {
  test("belongs to the stream that follows it", async () => {
    const [report] = await dig(["HTTP/1.1 200 OK", "content-type: text/plain", "", ...behind("", answer("hey"))]);
    expect(report).toMatchObject({ http: { status: 200, contentType: "text/plain" }, verdict: "completed" });
    expect(report?.findingCounts["content-type"]).toBe(1);
  });

  test("that is an error is reported if no stream follows", async () => {
    const { exitCode, stdout } = await run(["--json", fixtureNamed("log/curl-verbose-401.log").path]);
    expect(exitCode).toBe(7);
    expect(parseReport(stdout)).toMatchObject({
      verdict: "not-a-stream",
      http: { status: 401 },
      error: { code: "invalid_api_key", message: "Incorrect API key provided." },
    });
  });

  test("that is an error is dropped if a stream follows", async () => {
    const probe = ["< HTTP/1.1 404 Not Found", "< content-length: 9", "<", "not found", "* Closing connection"];
    const reports = await dig([...probe, ...behind("", answer("hey"))]);
    expect(reports).toMatchObject([{ verdict: "completed", http: null }]);
  });

  test("never shows a key that was sent", async () => {
    const { path } = fixtureNamed("log/curl-verbose.log");
    for (const format of ["events", "report", "wire", "facts"]) {
      const { stdout, stderr } = await run(["--format", format, path]);
      expect(stdout + stderr).not.toContain("sk-fixture");
    }
  });
});

describe("times", () => {
  test("are measured from the request, if the log shows it", async () => {
    const [report] = await dig([
      `${at(0)}> POST /v1/responses HTTP/2`,
      ...behind(at(400), stream(created())),
      ...behind(at(900), stream(textDelta("hey"))),
      ...behind(at(2900), stream(completed())),
    ]);
    expect(report?.responses[0]?.timing).toMatchObject({
      ttftMs: 900,
      firstTextMs: 900,
      gapMs: { p50: 500, max: 2000 },
      totalMs: 2900,
    });
  });

  test("are measured from the first line of the stream, if the log does not show the request", async () => {
    const [report] = await dig([
      `${at(0)}npm ci took an hour`,
      ...behind(at(400), stream(created())),
      ...behind(at(900), stream(textDelta("hey"))),
    ]);
    expect(report?.responses[0]?.timing).toMatchObject({ ttftMs: 500, totalMs: null });
  });

  test("that go back slightly do not make a gap negative", async () => {
    const [report] = await dig([...behind(at(400), stream(created())), ...behind(at(390), stream(textDelta("hey")))]);
    expect(report?.responses[0]?.timing).toMatchObject({ ttftMs: 0, gapMs: { max: 0 } });
  });

  test("are not invented for a log without them", async () => {
    const [report] = await dig(behind("web-1  | ", answer("hey")));
    expect(report?.responses[0]?.timing).toBeNull();
  });
});

describe("lines in parts", () => {
  test("of a container runtime are joined, over any number of lines", async () => {
    const whole = behind("", answer("hey"));
    const lines = whole.flatMap((line) => {
      const pieces = line.match(/.{1,40}/g) ?? [""];
      return pieces.map((piece, index) => `${TIME} stdout ${index === pieces.length - 1 ? "F" : "P"} ${piece}`);
    });
    const [report] = await dig(lines);
    expect(report).toMatchObject({ verdict: "completed", events: 8 });
    expect(report?.responses[0]?.text).toBe("hey");
  });

  test("that never end are refused with a clear message", async () => {
    const lines = Array.from({ length: 50 }, () => `${TIME} stdout P ${"x".repeat(100)}`);
    const { exitCode, stderr } = await run(["--framing", "log", "--max-event-size", "2K"], {
      stdin: [[`${TIME} stdout P data: {`, ...lines].join("\n")],
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--max-event-size");
  });
});

test("the streams of a log are shown in sequence, however their lines are mixed", async () => {
  const { stdout } = await run(["--format", "facts", fixtureNamed("log/docker-compose.log").path]);
  const types = stdout
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line))
    .map((record) => (typeof record === "object" && record !== null && "type" in record ? record.type : "report"));
  expect(types.filter((type) => type === "report")).toHaveLength(2);
  expect(types.filter((type) => type === "response-start" || type === "report")).toEqual([
    "response-start",
    "report",
    "response-start",
    "report",
  ]);
});

test("a log with thousands of origins is still read", async () => {
  const noise = Array.from({ length: 3000 }, (_, index) => `pod-${index}-1  | hello`);
  const reports = await dig([...behind("api-1  | ", answer("hey")), ...noise]);
  expect(textsOf(reports)).toEqual(["hey"]);
  expect(reports[0]?.stream?.skippedLines).toBe(3000);
});

test.runIf(isExhaustive)("a log with too many prefixes is read up to the limit, which is reported", async () => {
  const lines = Array.from({ length: 10_001 }, (_, index) => `[pod/p-${index}/api] ${TIME} data: {"a":1}`);
  const { exitCode, stdout, stderr } = await run(["--format", "facts", "--framing", "log", "-"], {
    stdin: [`${lines.join("\n")}\n`],
  });
  expect(exitCode).toBe(2);
  expect(stdout).toContain("pod/p-9999/api");
  expect(stderr).toContain("the log has more than 10,000 prefixes");
});

test("an error within a log is reported by its own body, without the lines after it", async () => {
  const error = { error: { message: "Incorrect API key", type: "invalid_request_error", code: "invalid_api_key" } };
  const answer = [
    "+ curl -v https://api.example/v1/responses",
    "< HTTP/2 401 ",
    "< content-type: application/json",
    "< ",
  ];
  for (const body of [[JSON.stringify(error)], JSON.stringify(error, null, 2).split("\n")]) {
    const lines = ["setting up", ...answer, ...body, "next step", ...Array.from({ length: 50 }, () => "at work")];
    const [report] = await dig(lines.map((line) => `${TIME} ${line}`));
    expect(report).toMatchObject({
      verdict: "not-a-stream",
      http: { status: 401 },
      error: { code: "invalid_api_key", message: "Incorrect API key" },
    });
  }
});
