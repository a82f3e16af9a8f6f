// What is different where more than one source is given.
import { describe, expect, test } from "vitest";
import { captureFiles } from "./support/files.ts";
import { run } from "./support/io.ts";
import { parseRecords, parseReport } from "./support/read-report.ts";
import { closedPort } from "./support/server.ts";
import { answer, completed, created, data, failed, incomplete, refusalDelta, stream } from "./support/stream.ts";

/** Captures by the exit code that each has alone. */
const captures = {
  7: "<html><title>Nope</title>",
  3: stream(created(), failed({ code: "server_error" })),
  5: stream(created()),
  4: stream(created(), incomplete("max_output_tokens")),
  8: stream(created(), refusalDelta("no"), completed()),
  0: answer("hey"),
};

/** A source that ends with each exit code. */
async function sourcesByCode(): Promise<Map<string, string>> {
  const paths = captureFiles(captures);
  return new Map([
    ["6", `http://127.0.0.1:${await closedPort()}`],
    ...Object.keys(captures).map((code, index): [string, string] => [code, paths[index] ?? ""]),
  ]);
}

describe("of several sources the worst decides the exit code", () => {
  const worstFirst = [6, 7, 3, 5, 4, 8, 0];
  const pairs = worstFirst.flatMap((worse, index) => worstFirst.slice(index + 1).map((better) => ({ worse, better })));

  test.each(pairs)("$worse before $better", async ({ worse, better }) => {
    const sources = await sourcesByCode();
    const argv = [better, worse].map((code) => sources.get(String(code)) ?? "");
    expect((await run(argv)).exitCode).toBe(worse);
    expect((await run(["--json", ...argv.toReversed()])).exitCode).toBe(worse);
  });
});

describe("the table", () => {
  test("has a row for each source, and the worst below it", async () => {
    const [whole = "", cut = ""] = captureFiles({ "whole.sse": answer("hey"), "cut.sse": captures[5] });
    const { exitCode, stderr } = await run([whole, cut]);
    const table = stderr.slice(stderr.lastIndexOf("verdict ")).split("\n");
    expect(table[0]?.split(/\s+/)).toEqual(["verdict", "events", "tokens", "source"]);
    expect(table[1]?.split(/\s+/)).toEqual(["✓", "completed", "8", "8", whole]);
    expect(table[2]?.split(/\s+/)).toEqual(["✗", "truncated", "1", "-", cut]);
    expect(table.slice(3).join("\n")).toContain("2 sources, the worst: truncated, exit 5");
    expect(exitCode).toBe(5);
  });

  test("adds up the tokens that were reported", async () => {
    const usage = { usage: { input_tokens: 1000, output_tokens: 234, total_tokens: 1234 } };
    const once = stream(created(), completed(usage));
    const [path = "", other = ""] = captureFiles({ "a.sse": once + once, "b.sse": captures[5] });
    const { stderr } = await run([path, other]);
    expect(stderr).toMatch(/^! completed +4 +2,468 +\S+a\.sse$/m);
  });

  test("names a source that cannot be read, and the others are read", async () => {
    const [path = ""] = captureFiles({ "whole.sse": answer("hey") });
    const { exitCode, stdout, stderr } = await run(["no/such.sse", path]);
    expect(stderr).toMatch(/^ssescope: cannot read no\/such\.sse: no such file$/m);
    expect(stderr).toMatch(/^✗ unreadable +- +- +no\/such\.sse$/m);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "hey" });
  });

  test("is left out with --quiet, with a machine's format and for one source", async () => {
    const paths = captureFiles({ "a.sse": answer("a"), "b.sse": answer("b") });
    expect((await run(["-q", ...paths])).stderr).toBe("");
    expect((await run(["--json", ...paths])).stderr).toBe("");
    expect((await run(paths.slice(1))).stderr).not.toContain("verdict ");
  });
});

describe("the formats for machines", () => {
  test("--json is a report a line, in the order of the sources", async () => {
    const paths = captureFiles({ "a.sse": answer("a"), "b.sse": captures[5] });
    const { stdout } = await run(["--json", ...paths]);
    const lines = stdout.split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => parseReport(line))).toMatchObject([
      { source: paths[0], verdict: "completed" },
      { source: paths[1], verdict: "truncated" },
    ]);
  });

  test.each(["wire", "facts"])(
    "%s records name their source, which one source alone has no need of",
    async (format) => {
      const paths = captureFiles({ "a.sse": answer("a"), "b.sse": answer("b") });
      const several = parseRecords((await run(["--format", format, ...paths])).stdout);
      const half = several.length / 2;
      for (const [index, record] of several.entries()) {
        expect(record).toHaveProperty("source", paths[index < half ? 0 : 1]);
      }
      const [alone] = parseRecords((await run(["--format", format, ...paths.slice(1)])).stdout);
      expect(alone).not.toHaveProperty("source");
    },
  );
});

test("the text of each source begins its own line, of whatever dialect it is", async () => {
  const paths = captureFiles({ "a.sse": answer("a"), "b.sse": data("b"), "c.sse": answer("c"), "d.sse": answer("d") });
  expect((await run(["-q", ...paths])).stdout).toBe("a\nb\nc\nd");
});
