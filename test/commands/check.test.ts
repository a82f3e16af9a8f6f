// `ssescope check`: output and exit codes, as a CI job gets them.
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";

const good = fixtureNamed("openai-responses/hey.sse").path;
const gap = fixtureNamed("broken/sequence-gap-and-repeat.sse").path;
const cut = fixtureNamed("broken/cut-before-terminal.sse").path;
const incomplete = fixtureNamed("openai-responses/incomplete.sse").path;
const refused = fixtureNamed("openai-responses/refusal.sse").path;
const unterminated = fixtureNamed("broken/cut-before-blank-line.sse").path;
const htmlPage = fixtureNamed("broken/html-page.sse").path;

/** Runs the check in a folder without a config file. */
function check(...argv: readonly string[]) {
  return run(["check", "--no-config", ...argv]);
}

describe("a stream without findings", () => {
  test("causes no output", async () => {
    expect(await check(good)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("can be read from a pipe", async () => {
    const { exitCode, stdout } = await run(["check"], { stdin: [await readFile(good)] });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
  });
});

describe("the exit code", () => {
  test.each([
    ["findings alone", 1, [gap]],
    ["a truncated stream", 5, [cut]],
    ["an incomplete response", 4, [incomplete]],
    ["a refusal", 8, [refused]],
    ["no stream", 7, [htmlPage]],
    ["a missing file", 2, ["no-such-file.sse"]],
    ["a warning", 0, [unterminated]],
    ["a warning that fails the check", 1, ["--fail-on", "warning", unterminated]],
    [
      "an error that the user lowered to a warning",
      0,
      ["--rule", "sequence-gap=warning", "--rule", "sequence-repeat=off", "--rule", "delta-mismatch=warning", gap],
    ],
    ["the worst of several", 5, [good, gap, cut]],
    ["an unreadable one among several", 2, [good, "no-such-file.sse", cut]],
    ["a verdict whose rule is switched off", 0, ["--rule", "incomplete=off", incomplete]],
    ["a verdict whose rule the user lowered to a warning", 0, ["--rule", "incomplete=warning", incomplete]],
  ])("of %s is %i", async (_, exitCode, argv) => {
    expect((await check(...argv)).exitCode).toBe(exitCode);
  });
});

describe("output of ssescope", () => {
  test.each([[["check", "--reporter", "rows"]], [["check", "--reporter", "json"]], [["--json"]]])(
    "of %j is not a stream, and stats reads it",
    async (argv) => {
      const { stdout } = await run([...argv, good, cut, htmlPage]);
      for (const command of [["check", "--no-config"], []]) {
        const { exitCode, ...output } = await run(command, { stdin: [stdout] });
        expect(exitCode).toBe(7);
        const text = (command.length > 0 ? output.stdout : output.stderr).replaceAll(/\s+/g, " ");
        expect(text).toMatch(/output of ssescope \(ssescope\/\w+@1\), not a stream: .* use ssescope stats/);
        expect(text).not.toContain("in-band-error");
      }
    },
  );
});

describe("an expectation", () => {
  test.each([
    ["that is met changes nothing", 0, ["--expect", "status=completed", "--expect", "text=hey", good]],
    ["that is not met is a finding", 1, ["--expect", "text.length>=1000", good]],
    ["of the actual status allows it", 0, ["--expect", "status=incomplete", incomplete]],
    ["of another status does not allow it", 4, ["--expect", "status=completed", incomplete]],
    ["of the verdict allows a refusal", 0, ["--expect", "verdict=refused", refused]],
    ["of the verdict allows a cut stream, and its finding", 0, ["--expect", "verdict=truncated", cut]],
    ["does not allow other findings", 1, ["--expect", "status=completed", gap]],
    ["can count findings", 1, ["--expect", "findings.warning=0", unterminated]],
  ])("%s: exit code %i", async (_, exitCode, argv) => {
    expect((await check(...argv)).exitCode).toBe(exitCode);
  });

  test("is reported with the actual value, each of several", async () => {
    const { stdout } = await check("--expect", "usage.totalTokens<=10", "--expect", "model^=gpt-5", good);
    expect(stdout).toContain("expectation");
    expect(stdout).toMatch(/usage\.totalTokens<=10.*18/);
    expect(stdout).toMatch(/model\^=gpt-5.*gpt-4o/);
  });

  test.each(["status", "text~=hey", "usage.outputTokens<=many", "txt=hey", "ttft<=500"])(
    "%s is wrong usage, which is reported before anything is read",
    async (expectation) => {
      const { exitCode, stdout, stderr } = await check("--expect", expectation, gap);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toMatch(/^ssescope: .*\n {2}\S/);
    },
  );
});

describe("wrong usage", () => {
  test.each([
    ["an unknown rule", ["--rule", "sequence-gab=off"], "sequence-gap"],
    ["an unknown severity", ["--rule", "sequence-gap=fatal"], "sequence-gap=error"],
    ["an unknown profile", ["--profile", "strict"], "open-responses"],
    ["an unknown reporter", ["--reporter", "xml"], "junit"],
    ["a reporter without its file", ["--reporter", "junit="], "junit=report.txt"],
    [
      "two reporters with one file",
      ["--reporter", "junit=out.xml", "--reporter", "sarif=./out.xml"],
      "the reporters junit and sarif would both write to ./out.xml",
    ],
    [
      "a reporter that writes to the recording",
      ["--record", "new.sse", "--reporter", "json=new.sse.timing"],
      "would overwrite the recording",
    ],
    ["a reporter that writes to a source", ["--reporter", `json=${good}`], "would overwrite a file that is read"],
    [
      "two reporters that cannot share an output",
      ["--reporter", "json", "--reporter", "human"],
      "--reporter json=report.json",
    ],
    ["options for a URL without one", ["-d", "{}"], "http://"],
  ])("%s", async (_, argv, help) => {
    const { exitCode, stdout, stderr } = await check(...argv, good);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(help);
  });
});

test("A reporter does not overwrite a file that is read, whatever name it has", async () => {
  const folder = temporaryDirectory();
  const place = (name: string): string => join(folder, name);
  const [capture, link, timing] = [place("a.sse"), place("b.sse"), place("a.sse.timing")];
  const [config, list] = [place("config.json"), place("list")];
  await writeFile(capture, await readFile(good));
  await writeFile(timing, "");
  await writeFile(config, "{}");
  await writeFile(list, capture);
  await symlink(capture, link);
  for (const target of [capture, link, timing, config, list]) {
    const before = await readFile(target, "utf8");
    const argv = ["check", "--config", config, "--sources-from", list, "--reporter", `json=${target}`];
    const { exitCode, stderr } = await run(argv);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("would overwrite") });
    expect(await readFile(target, "utf8")).toBe(before);
  }
});

test("Neither a reporter nor a recording overwrites the config file in use", async () => {
  const cwd = temporaryDirectory();
  for (const name of ["ssescope.config.json", "package.json"]) {
    const path = join(cwd, name);
    const text = name === "package.json" ? '{"ssescope":{}}' : "{}";
    await writeFile(path, text);
    for (const argv of [
      ["--reporter", `json=${path}`],
      ["--record", path],
    ]) {
      const { exitCode, stderr } = await run(["check", ...argv, good], { cwd });
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/overwrit(?:e|ten)\b/) });
      expect(await readFile(path, "utf8")).toBe(text);
    }
    await rm(path);
  }
});

test("An empty list is wrong usage, because a check without sources would pass", async () => {
  const { exitCode, stderr } = await run(["check", "--no-config", "--sources-from", "-"], { stdin: ["\n\n"] });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("- lists no source");
});

test("An HTTP error is reported with its status", async () => {
  const { exitCode, stdout } = await check(fixtureNamed("curl/error-401.http").path);
  expect(exitCode).toBe(7);
  expect(stdout).toContain("HTTP 401, invalid_api_key: Incorrect API key provided.");
});

test("A reporter's file named - is standard output", async () => {
  const { stdout } = await check("--reporter", "junit=-", good);
  expect(stdout).toContain("<testsuites>");
});

describe("many sources", () => {
  test("can be a pattern that the shell did not expand", async () => {
    const { exitCode, stdout } = await check("--reporter", "ndjson", join(good, "..", "he?.sse"));
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ source: good, verdict: "completed", exitCode: 0 });
  });

  test("a pattern that matches nothing is a finding, and the other sources are checked", async () => {
    const { exitCode, stdout } = await check("--reporter", "ndjson", "no-such-folder/*.sse", gap);
    expect(exitCode).toBe(2);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([
      { source: "no-such-folder/*.sse", verdict: null, exitCode: 2, findings: [{ rule: "unreadable-source" }] },
      { source: gap, verdict: "completed", exitCode: 1 },
    ]);
  });

  test.each([
    ["lines", `${good}\n\n${gap}\n`],
    ["lines that end in CRLF", `${good}\r\n${gap}`],
    ["names that end in NUL", `${good}\0${gap}\0`],
  ])("can be listed on standard input, as %s", async (_, list) => {
    const { exitCode, stdout } = await run(["check", "--no-config", "--reporter", "ndjson", "--sources-from", "-"], {
      stdin: [list],
    });
    expect(exitCode).toBe(1);
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
  });

  test("a list that cannot be read is wrong usage", async () => {
    expect((await check("--sources-from", "no-such-list.txt")).exitCode).toBe(2);
  });
});

describe("the human output for many streams", () => {
  test("shows what fails, and on request the warnings of others", async () => {
    const usual = await check(unterminated, cut);
    expect(usual.stdout).toMatch(/^✗ \S+cut-before-terminal\.sse/);
    expect(usual.stdout).not.toContain("cut-before-blank-line");
    expect((await check("--warnings", unterminated, cut)).stdout).toMatch(/^! \S+cut-before-blank-line\.sse/);
    expect((await check(unterminated)).stdout).toMatch(/^! \S+cut-before-blank-line\.sse/);
  });

  test("can be grouped", async () => {
    expect((await check("--group-by", "rule", gap, cut)).stdout).toMatch(/^✗ 1 {2}\S/);
    expect((await run(["check", "--group-by", "color", gap])).exitCode).toBe(2);
  });

  test("quotes payloads, except with --no-excerpt", async () => {
    expect((await check(cut)).stdout).toMatch(/\| data: \{.*\n {5}\| {16}\^+\n/);
    expect((await check("--no-excerpt", cut)).stdout).not.toContain("| data");
  });

  test.each([
    ["FORCE_HYPERLINK", { FORCE_HYPERLINK: "1" }, true],
    ["FORCE_HYPERLINK=0", { FORCE_HYPERLINK: "0" }, false],
    ["an unknown terminal", {}, false],
    ["NO_COLOR", { NO_COLOR: "1", TERM: "xterm-kitty" }, false],
  ])("has links to lines with %s: %#", async (_what, env, hasLinks) => {
    const { stdout } = await run(["check", "--no-config", cut], { terminalColumns: 120, env });
    expect(stdout.includes("\u001b]8;;file:///")).toBe(hasLinks);
    expect(stdout.includes("cut-before-terminal.sse#28\u001b\\")).toBe(hasLinks);
    const piped = await run(["check", "--no-config", cut], { env });
    expect(piped.stdout).not.toContain("\u001b");
  });

  test("says on a terminal and in a CI that all streams pass", async () => {
    const said = "✓ 1 stream checked\n";
    expect((await run(["check", "--no-config", good], { env: { CI: "true" } })).stdout).toBe(said);
    const onTerminal = { terminalColumns: 80, env: { NO_COLOR: "1" } };
    expect((await run(["check", "--no-config", good], onTerminal)).stdout).toBe(said);
    expect((await run(["check", "--no-config", good], { env: { CI: "false" } })).stdout).toBe("");
  });
});

describe("in GitHub Actions", () => {
  test("findings are annotations, too, and a summary is appended to the job summary", async () => {
    const folder = temporaryDirectory();
    const summary = join(folder, "summary.md");
    await writeFile(summary, "# Before\n");
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary, NO_COLOR: "1" };
    const { stdout } = await run(["check", "--no-config", gap], { env });
    expect(stdout).toContain(`::error file=${gap},line=19,`);
    expect(stdout).toContain("error  sequence-gap");
    const written = await readFile(summary, "utf8");
    expect(written).toMatch(/^# Before\n/);
    expect(written).toContain("sequence-gap");
  });

  test("a reporter that writes to a file does not replace them", async () => {
    const env = { GITHUB_ACTIONS: "true", NO_COLOR: "1" };
    const path = join(temporaryDirectory(), "out.ndjson");
    const { stdout } = await run(["check", "--no-config", "--reporter", `ndjson=${path}`, gap], { env });
    expect(stdout).toContain("::error ");
    expect(await readFile(path, "utf8")).toContain("sequence-gap");
  });

  test("another reporter on standard output is the only one there", async () => {
    const env = { GITHUB_ACTIONS: "true", NO_COLOR: "1" };
    const { stdout } = await run(["check", "--no-config", "--reporter", "ndjson", gap], { env });
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("reporters", () => {
  test("can write to files, several at once, in folders that are created", async () => {
    const folder = temporaryDirectory();
    const junit = join(folder, "reports", "junit.xml");
    const sarif = join(folder, "reports", "sarif.json");
    const { exitCode, stdout } = await check(
      "--reporter",
      `junit=${junit}`,
      "--reporter",
      `sarif=${sarif}`,
      "--reporter",
      "human",
      gap,
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain("sequence-gap");
    expect(await readFile(junit, "utf8")).toContain("<testsuite");
    expect(JSON.parse(await readFile(sarif, "utf8"))).toMatchObject({ version: "2.1.0" });
  });

  test("report which folder they created", async () => {
    const folder = temporaryDirectory();
    const path = join(folder, "a", "b", "report.xml");
    expect((await check("--reporter", `junit=${path}`, good)).stderr).toBe(
      `ssescope: created the folder ${join(folder, "a")} for ${path}\n`,
    );
    expect((await check("--reporter", `junit=${path}`, good)).stderr).toBe("");
  });

  test("end with a message and 2 if the folder cannot be created", async () => {
    const { exitCode, stderr } = await check("--reporter", `junit=${good}/a/report.xml`, good);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^ssescope: cannot write .*report\.xml: its folder cannot be created \(E/);
  });

  test("a file that cannot be written ends with a message and 2", async () => {
    const folder = temporaryDirectory();
    await mkdir(join(folder, "taken"));
    const { exitCode, stderr } = await check("--reporter", `json=${join(folder, "taken")}`, gap);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^ssescope: cannot write/);
  });
});

describe("a config file", () => {
  test("has the profile, rules, expectations and failing severity", async () => {
    const folder = temporaryDirectory();
    const rules = { "sequence-gap": "off", "sequence-repeat": "warning", "delta-mismatch": "off" };
    const config = { rules, expect: ["text*=a"] };
    await writeFile(join(folder, "ssescope.config.json"), JSON.stringify(config));
    expect((await run(["check", gap], { cwd: folder })).exitCode).toBe(0);
    await writeFile(join(folder, "ssescope.config.json"), JSON.stringify({ ...config, failOn: "warning" }));
    expect((await run(["check", gap], { cwd: folder })).exitCode).toBe(1);
    expect((await run(["check", "--fail-on", "error", gap], { cwd: folder })).exitCode).toBe(0);
    expect(
      (await run(["check", "--rule", "sequence-gap=error", "--fail-on", "error", gap], { cwd: folder })).exitCode,
    ).toBe(1);
    expect((await run(["check", "--no-config", gap], { cwd: folder })).exitCode).toBe(1);
  });

  test("can be named; a broken one is wrong usage", async () => {
    const folder = temporaryDirectory();
    const path = join(folder, "mine.json");
    await writeFile(path, '{"rules":{"sequence-gab":"off"}}');
    const { exitCode, stderr } = await run(["check", "--config", path, gap]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("mine.json");
    expect(stderr).toContain("sequence-gap");
  });
});

test("--help describes reporters, profiles and the grammar of expectations", async () => {
  const { exitCode, stdout } = await run(["check", "--help"]);
  expect(exitCode).toBe(0);
  for (const word of ["junit", "open-responses", "--sources-from", "usage.outputTokens<=500", "ttft"]) {
    expect(stdout).toContain(word);
  }
});

test("an expectation on times says how to record them if a capture has none", async () => {
  const { exitCode, stdout } = await check("--expect", "ttft<=2s", good);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("times were not recorded; record them with curl -N … | ssescope check --record FILE");
});

test("the expectations of the config file and the command line are tests in JUnit", async () => {
  const folder = temporaryDirectory();
  await writeFile(join(folder, "ssescope.config.json"), JSON.stringify({ expect: ["status=completed"] }));
  const { stdout } = await run(["check", "--reporter", "junit", "--expect", "text=ho", good], { cwd: folder });
  expect([...stdout.matchAll(/testcase name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
    "hey.sse",
    "hey.sse: status=completed",
    "hey.sse: text=ho",
  ]);
});
