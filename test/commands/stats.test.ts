// `ssescope stats`, run as a whole: captures, reports written earlier, a session of tap; formats and exit codes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { tokenKinds } from "../../src/stats/measures.ts";
import { sectionsOf } from "../../src/stats/show/sections.ts";
import { dangerousIn } from "../support/control-characters.ts";
import { temporaryDirectory } from "../support/files.ts";
import { run } from "../support/io.ts";
import { runStats } from "../stats/support/run-stats.ts";

const chat = (model: string, isCut = false): string => {
  const event = (delta: object, finish: string | null) =>
    `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const begin = event({ role: "assistant", content: "Ebb" }, null);
  return isCut ? begin : `${begin}${event({}, "stop")}data: [DONE]\n\n`;
};

/** Two models in a folder; one of their streams is cut. */
function folderOf(names: Readonly<Record<string, string>>): string {
  const folder = temporaryDirectory();
  for (const [name, text] of Object.entries(names)) writeFileSync(join(folder, name), text);
  return folder;
}

const fleet = { "a.sse": chat("m-1"), "b.sse": chat("m-1", true), "c.sse": chat("m-2"), "d.sse": chat("m-1") };

/** Of each group its values, how many it has, and how many of them failed. */
async function jsonOf(...argv: readonly string[]) {
  const { exitCode, stderr, statistics } = await runStats(argv);
  const { groups, all, unreadable } = statistics;
  const counts = groups.map(({ values, count, failed }) => values.concat([String(count), String(failed)]));
  return { exitCode, stderr, counts, all, unreadable };
}

/** Of each line of CSV the cells before the times. */
function firstCells(csv: string): readonly (readonly string[])[] {
  return csv.split("\n").map((line) => line.split(",").slice(0, 6));
}

test("groups by model unless asked otherwise, the largest first", async () => {
  const { exitCode, counts } = await jsonOf(folderOf(fleet));
  expect(exitCode).toBe(0);
  expect(counts).toEqual([
    ["m-1", "3", "1"],
    ["m-2", "1", "0"],
  ]);
});

test("several keys, columns and keys of the report", async () => {
  const folder = folderOf(fleet);
  expect((await jsonOf("--by", "model, verdict", folder)).counts).toEqual([
    ["m-1", "completed", "2", "0"],
    ["m-1", "truncated", "1", "1"],
    ["m-2", "completed", "1", "0"],
  ]);
  expect((await jsonOf("--by", "text_characters", folder)).counts).toEqual([["3", "4", "1"]]);
  expect((await jsonOf("--by", "endedBy", folder)).counts).toEqual([["input-end", "4", "1"]]);
  expect((await jsonOf("--by", "timing.firstEventMs", folder)).counts).toEqual([[null, "4", "1"]]);
  const { exitCode, stderr } = await run(["stats", "--by", "mood", folder]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("expected model, dialect")]);
});

test.each([
  ["http.statsu", "did you mean http.status?"],
  ["modle", "did you mean model?"],
  ["error_cod", "did you mean error_code?"],
  ["bytes.x", "There is no key bytes.x"],
  ["model, model", "model is given twice"],
  ["all,model", "Expected all without other keys"],
  ["", "Expected keys such as model"],
  ["x\u001b[31m\u009b", "argument 'x^[[31m"],
])("--by %s is refused", async (keys, message) => {
  const { exitCode, stderr } = await run(["stats", "--by", keys, folderOf(fleet)]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test("a key without a value in any stream is reported", async () => {
  const { stdout } = await run(["stats", "--by", "model,request.headers.user-agnet", folderOf(fleet)]);
  expect(stdout).toContain("--by request.headers.user-agnet: no stream has a value for it");
  expect((await run(["stats", "--by", "verdict", folderOf(fleet)])).stdout).not.toContain("no stream has");
});

describe("what was written earlier gives the same", () => {
  test.each([
    ["--json", ["--json"]],
    ["--format facts", ["--format", "facts"]],
    ["--reporter rows", ["check", "--reporter", "rows"]],
    ["--reporter ndjson", ["check", "--reporter", "ndjson"]],
    ["--reporter json", ["check", "--reporter", "json"]],
  ])("%s, from a file and from a pipe", async (_, argv) => {
    const folder = folderOf(fleet);
    const paths = Object.keys(fleet).map((name) => join(folder, name));
    const { stdout } = await run([...argv, ...paths]);
    const written = join(temporaryDirectory(), "earlier.ndjson");
    writeFileSync(written, stdout);
    const expected = (await run(["stats", "--format", "csv", ...paths])).stdout;
    expect((await run(["stats", "--format", "csv", written])).stdout).toBe(expected);
    expect((await run(["stats", "--format", "csv"], { stdin: [stdout] })).stdout).toBe(expected);
    // A document that another program has indented.
    const first = stdout.split("\n").find((line) => line.startsWith('{"schema"')) ?? "";
    const indented = argv.includes("json") ? JSON.stringify(JSON.parse(stdout), null, 2) : first;
    expect((await run(["stats", "--json"], { stdin: [indented] })).exitCode).toBe(0);
  });

  describe("a key that it does not have is named, with what has it", () => {
    const had = "rows (--reporter rows), reports (--json) and captures have it";
    const hadByReports = "reports (--json) and captures have it";

    test.each([
      ["json", "http.status", had],
      ["ndjson", "error.code", had],
      ["json", "day", had],
      ["json", "framing", had],
      ["json", "error.message", had],
      ["json", "timing.totalMs", hadByReports],
      ["rows", "request.headers.accept", hadByReports],
    ])("%s: %s", async (reporter, key, holders) => {
      const { stdout: earlier } = await run(["check", "--reporter", reporter, folderOf(fleet)]);
      const { stdout } = await run(["stats", "--by", `model,${key}`], { stdin: [earlier] });
      const text = stdout.replaceAll(/\s+/g, " ");
      expect(text).toContain(
        `--by ${key}: unknown for 4 streams, because the output of check does not have it; ${holders}`,
      );
      expect(text).not.toContain("no stream has a value for it");
      const { statistics } = await runStats(["--by", `model,${key}`], { stdin: [earlier] });
      expect(statistics.missingKeys).toEqual([{ key, streams: 4, isInRows: holders === had }]);
    });

    test.each([
      ["json", "verdict"],
      ["json", "request.path"],
      ["json", "request.headers.accept"],
      ["rows", "http.status"],
    ])("but not %s: %s", async (reporter, key) => {
      const { stdout: earlier } = await run(["check", "--reporter", reporter, folderOf(fleet)]);
      expect((await runStats(["--by", key], { stdin: [earlier] })).statistics.missingKeys).toEqual([]);
    });
  });

  test("records of check have keys of the request, and the reason why a source has no stream", async () => {
    const folder = folderOf({ "a.log": "compiling\n" });
    const { stdout } = await run(["check", "--reporter", "json", join(folder, "a.log"), join(folder, "gone")]);
    const { examples } = (await runStats([], { stdin: [stdout] })).statistics.withoutStream;
    const reasons = [expect.stringContaining("compiling"), "no such file"];
    expect(examples.map(({ reason }) => reason)).toEqual(reasons);
    // An HTTP error is a result, though its record has no status.
    const headers = { accept: "text/plain" };
    const request = { exchange: 1, method: "GET", path: "/all", headers, model: null, stream: null };
    const record = (stdout.split("\n")[1] ?? "").replace('"request":null', `"request":${JSON.stringify(request)}`);
    const { exitCode, statistics } = await runStats(["--by", "request.headers.accept"], { stdin: [record] });
    expect([exitCode, statistics.withoutStream.count]).toEqual([0, 0]);
    expect(statistics.groups[0]?.values).toEqual(["text/plain"]);
  });

  test.each<readonly [name: string, compress: (bytes: Buffer) => Buffer]>([
    ["gz", gzipSync],
    ["br", brotliCompressSync],
  ])("compressed to .%s", async (extension, compress) => {
    const folder = folderOf(fleet);
    for (const argv of [["check", "--reporter", "rows"], ["check", "--reporter", "json"], ["--json"]]) {
      const { stdout } = await run([...argv, folder]);
      const compressed = compress(Buffer.from(stdout));
      const path = join(temporaryDirectory(), `rows.ndjson.${extension}`);
      writeFileSync(path, compressed);
      const expected = (await run(["stats", "--format", "csv", folder])).stdout;
      expect((await run(["stats", "--format", "csv", path])).stdout).toBe(expected);
      // Brotli cannot be detected by its bytes.
      if (extension === "br") continue;
      const pieces = [[compressed], [compressed.subarray(0, 1), compressed.subarray(1, 10), compressed.subarray(10)]];
      for (const stdin of pieces) expect((await run(["stats", "--format", "csv"], { stdin })).stdout).toBe(expected);
    }
  });

  test("compressed captures are still streams, also from a pipe that ends early", async () => {
    for (const text of [chat("m-1"), "data: [DONE]\n\n"]) {
      const compressed = gzipSync(text);
      const expected = (await run(["stats", "--by", "all", "--format", "csv"], { stdin: [text] })).stdout;
      const { stdout } = await run(["stats", "--by", "all", "--format", "csv"], {
        stdin: [...compressed].map((byte) => Uint8Array.of(byte)),
      });
      expect(firstCells(stdout)).toEqual(firstCells(expected));
    }
  });

  test("compressed rows that are cut or too large are a problem", async () => {
    const { stdout } = await run(["check", "--reporter", "rows", folderOf(fleet)]);
    const compressed = gzipSync(stdout.repeat(100));
    const { exitCode, stderr } = await run(["stats"], { stdin: [compressed.subarray(0, compressed.length - 9)] });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("standard input: the gzip data is cut")]);
    const large = await run(["stats", "--max-decoded-size", "10KiB"], { stdin: [compressed] });
    expect([large.exitCode, large.stderr]).toEqual([2, expect.stringContaining("after decompression")]);
  });

  test("lines that cannot be read are counted and named, and the others count", async () => {
    const { stdout } = await run(["check", "--reporter", "rows", join(folderOf(fleet), "a.sse")]);
    const [row = ""] = stdout.split("\n");
    const broken = [row, '{"schema":"ssescope/row@1"}', row, "[1,", row.slice(0, 200)].join("\n");
    const path = join(temporaryDirectory(), "rows.ndjson");
    writeFileSync(path, broken);
    const { exitCode, stderr, all, unreadable } = await jsonOf(path);
    expect({ exitCode, unreadable, count: all.count }).toEqual({ exitCode: 2, unreadable: 3, count: 2 });
    expect(stderr).toContain("rows.ndjson:2: not a report");
    expect(stderr).toContain("rows.ndjson:4: not a JSON value");
  });

  test.each([
    ["in a stream", -40, "not a JSON value; the file may be cut"],
    ["between streams", 0, "the document has no end"],
  ])("a list cut %s is one problem", async (_, end, problem) => {
    const { stdout } = await run([
      "check",
      "--reporter",
      "json",
      ...["a.sse", "b.sse"].map((name) => join(folderOf(fleet), name)),
    ]);
    const frame = stdout.lastIndexOf("]");
    const path = join(temporaryDirectory(), "list.json");
    writeFileSync(path, stdout.slice(0, frame + end));
    const { stderr, unreadable } = await jsonOf(path);
    expect(unreadable).toBe(1);
    expect(stderr.match(/list\.json:/g)).toHaveLength(1);
    expect(stderr).toContain(problem);
  });

  test("facts without the report at their end are a problem", async () => {
    const { stdout } = await run(["--format", "facts", join(folderOf(fleet), "a.sse")]);
    const path = join(temporaryDirectory(), "facts.ndjson");
    writeFileSync(path, stdout.slice(0, stdout.indexOf('{"schema"')));
    const { exitCode, stderr } = await run(["stats", path]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("no report follows the facts")]);
  });

  test("a report that claims to be one and is none", async () => {
    const path = join(temporaryDirectory(), "reports.json");
    writeFileSync(path, '{"schema":"ssescope/report@1","source":"x","findings":[],"responses":[{"items":7}]}');
    expect(await jsonOf(path)).toMatchObject({ exitCode: 2, unreadable: 1, all: { count: 0 } });
  });
});

test("in the folder of a tap no exchange counts twice, and captures without a report count", async () => {
  const folder = folderOf(fleet);
  const { stdout } = await run(["--json", join(folder, "a.sse"), join(folder, "b.sse")]);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => line.replaceAll(`${folder}/`, ""));
  writeFileSync(join(folder, "exchanges.ndjson"), `${lines.join("\n")}\n`);
  const { exitCode, all, counts } = await jsonOf("--by", "source", folder);
  expect(exitCode).toBe(0);
  expect(all).toMatchObject({ count: 4, streams: 4, failed: 1 });
  expect(new Set(counts.map(([source]) => source))).toEqual(
    new Set(Object.keys(fleet).map((name) => join(folder, name))),
  );
});

test("a source that cannot be read is counted, and the exit code is 2", async () => {
  const folder = folderOf(fleet);
  const { exitCode, all, unreadable, stderr } = await jsonOf(join(folder, "a.sse"), join(folder, "gone.sse"));
  expect({ exitCode, unreadable }).toEqual({ exitCode: 2, unreadable: 1 });
  expect(all).toMatchObject({ count: 2, failed: 1 });
  expect(stderr).toContain("no such file");
});

test("the help explains every heading of the tables", async () => {
  const { statistics } = await runStats(["fixtures/recorded/tides.sse", join(folderOf(fleet), "a.sse")]);
  const { stdout: help } = await run(["stats", "--help"]);
  const [numbers = ""] = /^Numbers:\n[^]*?\n\n/m.exec(help) ?? [];
  const words = new Set(numbers.split(/[^\w/]+/));
  // The first heading of a table is a key or a measure.
  const headings = sectionsOf(statistics).flatMap(({ head }) => head.slice(1).map(({ text }) => text));
  const others = new Set(["p90", "p99", "max", "most in", ...tokenKinds.map(({ title }) => title)]);
  expect(headings.length).toBeGreaterThan(10);
  expect(headings.filter((heading) => !words.has(heading) && !others.has(heading))).toEqual([]);
});

test("the numbers of the first line add up to the results in the table, and to rows", async () => {
  const [folder, log] = [folderOf(fleet), join(folderOf({ "a.log": "compiling\n" }), "a.log")];
  const { stdout: rows } = await run(["check", "--reporter", "rows", folder, log]);
  const count = rows.trimEnd().split("\n").length;
  const { stdout } = await run(["stats", folder, log]);
  const others = `${count - 1} responses in ${count - 1} streams`;
  expect(stdout).toContain(`${count} results (${others}, 1 without a response), by model: `);
  expect(stdout).toMatch(new RegExp(`\nall +${count} `));
  expect((await run(["stats", log])).stdout).toMatch(/^1 result without a response: 1 failed/);
});

/** So many streams of a model, the first ones cut. */
function many(count: number, cut: number, model = "m-1"): string {
  return folderOf(
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.sse`, chat(model, index < cut)])),
  );
}

describe("compared with before", () => {
  test("more failures are worse, and the exit code says so", async () => {
    const { exitCode, stdout } = await run(["stats", many(40, 20), "--against", many(40, 1)]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/worse {2}m-1 {2}failed {2}2\.5 % \(1 of 40\) → 50 % \(20 of 40\), p < 0\.001/);
  });

  test("fewer failures are better, and what may be noise is nothing", async () => {
    expect((await run(["stats", many(40, 1), "--against", many(40, 20)])).exitCode).toBe(0);
    const { exitCode, stdout } = await run(["stats", many(40, 3), "--against", many(40, 1)]);
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining("no significant difference in 2 tests (overall false-alarm risk: 5 %)"),
    ]);
  });

  test("groups of one side, and groups with too few values, are named in every format for people", async () => {
    const after = ["stats", many(4, 4), many(9, 0, "m-9"), many(40, 20, "m-2")];
    const argv = [...after, "--against", many(6, 0), "--against", many(40, 1, "m-2")];
    for (const format of ["table", "markdown", "html"]) {
      const { stdout } = await run([...argv, "--format", format]);
      // Punctuation may be escaped.
      expect(stdout).toMatch(/only after\S+ m\S+9/);
      expect(stdout).toMatch(/fewer than 8 values\S+ m\S+1 \S+6 before, 4 after/);
    }
  });

  test("tests and comparisons that were not tested are all comparisons", async () => {
    const after = [many(4, 4), many(40, 20, "m-2"), many(9, 0, "m-3")];
    const before = [many(4, 0), many(40, 1, "m-2"), many(9, 0, "m-3")];
    const argv = [...after, ...before.flatMap((folder) => ["--against", folder])];
    const { differences = [], tests } = (await runStats(argv)).statistics.against ?? {};
    expect([differences.length, tests]).toEqual([5, 2]);
    const { stdout } = await run(["stats", ...argv]);
    expect(stdout).toContain("2 worse in 2 tests");
    expect(stdout).toContain(
      "3 of 5 comparisons not tested: 2 with fewer than 8 values on a side, 1 with no failures on either side",
    );
  });
});

async function reasonOf(...argv: readonly string[]) {
  return (await runStats(argv)).statistics.against?.nothingCompared;
}

describe("nothing could be compared", () => {
  test.each(["sources", "--against"])("because the %s have no streams: exit code 2", async (empty) => {
    const [full, path] = [many(9, 1), join(temporaryDirectory(), "empty.ndjson")];
    writeFileSync(path, "");
    const argv = empty === "sources" ? [path, "--against", full] : [full, "--against", path];
    const { exitCode, stdout } = await run(["stats", ...argv]);
    expect([exitCode, stdout]).toEqual([2, expect.stringContaining("nothing could be compared: the sources")]);
    expect((await runStats(argv)).statistics.against?.nothingCompared).toMatch(/^empty-/);
  });

  test("because the earlier sources cannot be read, or are something else: they are named, no groups are", async () => {
    const [gone, log] = [join(temporaryDirectory(), "gone"), join(folderOf({ "a.log": "compiling\n" }), "a.log")];
    const argv = [many(9, 1), "--against", gone, "--against", log];
    const { exitCode, stdout } = await run(["stats", ...argv]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain(
      `nothing could be compared: the sources of --against have no streams; check their paths: ${gone} (no such file); ${log} (`,
    );
    expect(stdout).not.toContain("only ");
    const { against } = (await runStats(argv)).statistics;
    expect(against?.withoutStream).toMatchObject({
      before: { count: 2, examples: [{ source: gone, reason: "no such file" }, { source: log }] },
      after: { count: 0, examples: [] },
    });
    const { stderr } = await run(["stats", "--format", "csv", ...argv]);
    expect(stderr).toContain(`check their paths: ${gone} (no such file)`);
  });

  test("because standard input is empty", async () => {
    const { exitCode, stdout } = await run(["stats", "--against", many(9, 1)], { stdin: [] });
    expect([exitCode, stdout]).toEqual([2, expect.stringContaining("nothing could be compared")]);
  });

  test("because no group is on both sides, all are small, or nothing is measured", async () => {
    expect(await reasonOf(many(9, 1, "m-9"), "--against", many(9, 1))).toBe("no-common-group");
    expect(await reasonOf(many(4, 1), "--against", many(9, 1))).toBe("too-few");
    expect(await reasonOf(many(9, 0), "--against", many(9, 0))).toBe("nothing-measured");
    expect(await reasonOf(many(9, 1), "--against", many(9, 0))).toBe(null);
  });

  type Side = readonly [count: number, cut: number, model?: string];

  test.each<[reason: string, after: Side, before: Side, exitCode: number, advice: string, ofCsv: string]>([
    ["no-common-group", [9, 1, "m-9"], [9, 1], 2, "no group is on both sides; group by a key that both", "no group"],
    ["too-few", [4, 1], [9, 1], 2, "every group has fewer than 8 values on a side; give more streams", "fewer than 8"],
    ["nothing-measured", [9, 0], [9, 0], 0, "no times to compare, and no failures or findings", ""],
  ])("%s: a comparison that was not made is no success", async (reason, after, before, expected, advice, ofCsv) => {
    const argv = [many(...after), "--against", many(...before)];
    expect(await reasonOf(...argv)).toBe(reason);
    const { exitCode, stdout, stderr } = await run(["stats", ...argv]);
    expect([exitCode, stdout, stderr]).toEqual([expected, expect.stringContaining(advice), ""]);
    // CSV has no place for it.
    const csv = await run(["stats", "--format", "csv", ...argv]);
    expect([csv.exitCode, csv.stderr]).toEqual([expected, expect.stringContaining(ofCsv)]);
  });

  test("one group that both sides have is enough", async () => {
    const { exitCode, stdout } = await run(["stats", many(9, 1), many(9, 1, "m-9"), "--against", many(9, 1)]);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("only after: m-9")]);
    const all = await run(["stats", "--by", "all", many(9, 1, "m-9"), "--against", many(9, 1)]);
    expect(all.exitCode).toBe(0);
  });

  test("because both sides are standard input", async () => {
    for (const argv of [["-"], []]) {
      const { exitCode, stderr } = await run(["stats", ...argv, "--against", "-"], { stdin: [chat("m-1")] });
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining("standard input is used more than once")]);
    }
  });
});

/** So many logs of something else. */
function logs(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.log`, "\u001b[31mbuilt\u202e\n"]));
}

describe("no source has a stream: exit code 2", () => {
  test("an empty pipe: no statistics for people, and a message", async () => {
    for (const [format, isForPeople] of [
      ["table", true],
      ["markdown", true],
      ["json", false],
      ["csv", false],
    ] as const) {
      const { exitCode, stdout, stderr } = await run(["stats", "--format", format], { stdin: [] });
      expect([exitCode, stdout === ""]).toEqual([2, isForPeople]);
      expect(stderr).toContain("no source has a stream: - (the input is empty); check");
    }
  });

  test("an empty list of check, and an error page", async () => {
    const list = '{"schema":"ssescope/check@1","streams":[\n],"exitCode":0}\n';
    const none = await run(["stats"], { stdin: [list] });
    expect([none.exitCode, none.stderr]).toEqual([2, expect.stringContaining("no source has a stream")]);
    const page = await run(["stats"], { stdin: ["<html><title>502</title></html>"] });
    expect([page.exitCode, page.stderr]).toEqual([2, expect.stringContaining("no source has a stream: - (")]);
    expect(page.stdout).toContain("not-a-stream 1");
  });

  test("but an HTTP error is a result, and one stream is enough", async () => {
    const response = 'HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\n\r\n{"error":{}}';
    for (const source of [response, chat("m-1", true)]) {
      const { exitCode, stderr } = await run(["stats"], { stdin: [source] });
      expect([exitCode, stderr]).toEqual([0, ""]);
    }
    expect((await run(["stats", folderOf({ "a.log": "built\n", "b.sse": chat("m-1") })])).exitCode).toBe(0);
  });
});

describe("what is not read, or is not a stream, is listed:", () => {
  test("files of a folder that are not captures, and files that are not streams", async () => {
    const folder = folderOf({ ...fleet, "README.md": "# Ebb", "x.md": "", "y.yaml": "", "build.log": "compiling\n" });
    const { exitCode, stdout } = await run(["stats", folder]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`skipped 3 files (2 .md, 1 .yaml) in ${folder}: not captures by their names`);
    expect(stdout).toContain(`no stream in 1 source, counted as failed: ${join(folder, "build.log")} (`);
    const { statistics } = await runStats([folder]);
    expect(statistics.skipped).toEqual({
      count: 3,
      folders: [folder],
      extensions: [
        { extension: ".md", count: 2 },
        { extension: ".yaml", count: 1 },
      ],
    });
    expect(statistics.withoutStream.examples[0]?.source).toBe(join(folder, "build.log"));
    const markdown = await run(["stats", "--format", "markdown", folder]);
    expect(markdown.stdout).toContain("skipped 3 files");
    const none = (await runStats([folderOf(fleet)])).statistics;
    expect([none.skipped.count, none.withoutStream.count]).toEqual([0, 0]);
  });

  test("on both sides of a comparison, at most ten, without control characters", async () => {
    const argv = [folderOf({ ...fleet, ...logs(12), "x.md": "" }), "--against", folderOf({ ...logs(2), "y.md": "" })];
    const { statistics } = await runStats(argv);
    expect(statistics.withoutStream.count).toBe(14);
    expect(statistics.withoutStream.examples).toHaveLength(10);
    expect(statistics.skipped).toMatchObject({ count: 2, folders: [expect.any(String), expect.any(String)] });
    const { stdout } = await run(["stats", ...argv]);
    expect(stdout).toContain("no stream in 14 sources");
    expect(stdout).toContain("; 11 more");
    expect(stdout).toContain("skipped 2 files (2 .md) in 2 folders");
    expect(dangerousIn(stdout)).toEqual([]);
  });

  test("not the recordings of a session for which its reports stand", async () => {
    const folder = folderOf({
      "0001-get.json": "{}",
      "0001-get.json.timing": "",
      "a.sse": chat("m-1"),
      "b.json": "{}",
    });
    const { stdout } = await run(["--json", join(folder, "a.sse")]);
    const other = stdout.replace("a.sse", "0001-get.json");
    writeFileSync(join(folder, "exchanges.ndjson"), `${stdout}${other}`.replaceAll(`${folder}/`, ""));
    expect((await runStats([folder])).statistics.skipped).toMatchObject({ count: 1 });
  });
});

test("if nothing can be read, the errors are all that is printed", async () => {
  const folder = temporaryDirectory();
  const broken = join(folder, "rows.ndjson");
  writeFileSync(broken, '{"schema":"ssescope/row@1"}\n');
  mkdirSync(join(folder, "empty"));
  for (const source of [broken, join(folder, "gone"), join(folder, "empty"), join(folder, "x*.sse")]) {
    const { exitCode, stdout, stderr } = await run(["stats", source]);
    expect([exitCode, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
  }
});

test("Ctrl-C prints what is known, with exit code 130", async () => {
  const { exitCode, stdout } = await run(["stats", "--json", folderOf(fleet)], { interrupt: AbortSignal.abort() });
  expect(exitCode).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ interrupted: true });
});

describe("hostile names", () => {
  const model = "m\u001b]0;x\u0007|<b>=1+1\n@all\u202e";
  const folder = () => folderOf({ "a.sse": chat(model), "=cmd().sse": chat("=HYPERLINK()", true) });

  test.each([60, 80, 140])("fit a terminal of %d columns and command nothing", async (columns) => {
    const { stdout } = await run(["stats", "--by", "model,source", "--color", "never", folder()], {
      terminalColumns: columns,
    });
    expect(dangerousIn(stdout)).toEqual([]);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
  });

  test("are cells of Markdown, and no formula of CSV", async () => {
    const { stdout: markdown } = await run(["stats", "--format", "markdown", folder()]);
    expect(dangerousIn(markdown)).toEqual([]);
    expect(markdown).not.toContain("<b>");
    expect(markdown).not.toContain("@all");
    const { stdout: csv } = await run(["stats", "--format", "csv", folder()]);
    expect(csv).toContain("\n'=HYPERLINK(),");
    expect(csv).not.toMatch(/^=/m);
  });
});

test("more groups than there is room for are one, and that is said", async () => {
  const folder = temporaryDirectory();
  const { stdout } = await run(["check", "--reporter", "rows", join(folderOf(fleet), "a.sse")]);
  const lines = Array.from({ length: 1200 }, (_, index) => stdout.replace('"model":"m-1"', `"model":"m-${index}"`));
  mkdirSync(join(folder, "in"));
  const path = join(folder, "in", "rows.ndjson");
  writeFileSync(path, lines.join(""));
  const { groups } = (await runStats([path])).statistics;
  expect(groups).toHaveLength(1001);
  expect(groups.at(-1)).toMatchObject({ isRest: true, count: 200 });
  expect((await run(["stats", path])).stdout).toContain("more than 1,000 groups");
  expect(readFileSync(path, "utf8")).toBe(lines.join(""));
});

test("A source that is named twice counts once.", async () => {
  const folder = folderOf(fleet);
  const capture = join(folder, "a.sse");
  const { counts, stderr } = await jsonOf(capture, folder, capture);
  expect(counts).toEqual([
    ["m-1", "3", "1"],
    ["m-2", "1", "0"],
  ]);
  expect(stderr).toContain("2 sources named more than once: each counts once");
});

test("All files of a recorded folder, as a shell names them, are its streams.", async () => {
  const folder = folderOf(fleet);
  const beside = { "a.sse.timing": "{}", "a.request.json": "{}" };
  for (const [name, text] of Object.entries(beside)) writeFileSync(join(folder, name), text);
  const files = [...Object.keys(fleet), ...Object.keys(beside)].map((name) => join(folder, name));
  expect((await jsonOf(...files)).all.count).toBe(4);
  expect((await run(["check", "--no-config", ...files])).stdout).toContain("of 4 streams fail");
  expect(await run(["check", "--no-config", join(folder, "a.sse.timing")])).toMatchObject({
    exitCode: 2,
    stdout: expect.stringContaining("its times are read with it"),
  });
});

test("Failures in groups that the table does not show are named.", async () => {
  const many = Array.from({ length: 32 }, (_, index) => [`${index}.sse`, chat(`m-${index}`, index > 30)] as const);
  const twice = many.slice(0, 30).map(([name, text]) => [`again-${name}`, text] as const);
  const { stdout } = await run(["stats", folderOf(Object.fromEntries([...many, ...twice]))]);
  expect(stdout).toContain("2 smaller groups not shown, 1 with failures (m-31 1 of 1): --json");
});
