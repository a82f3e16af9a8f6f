import { describe, expect, test } from "vitest";
import { check } from "../../src/library/library.ts";
import { captureFiles } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { answer, created, stream, textDelta } from "../support/stream.ts";

const good = Buffer.from(answer("Hey"));
const cut = Buffer.from(stream(created(), textDelta("so far")));

describe("the record", () => {
  test.each(["recorded/tides.sse", "broken/cut-before-terminal.sse", "log/docker-compose.log"])(
    "is that of ssescope check: %s",
    async (name) => {
      const { path } = fixtureNamed(name);
      const argv = ["check", "--no-config", "--reporter", "json", "--expect", "text*=tide", path];
      const { exitCode, stdout } = await run(argv);
      const printed: unknown = JSON.parse(stdout);
      const { verdict: _verdict, findings, ...document } = await check(path, { expect: ["text*=tide"] });
      expect(JSON.parse(JSON.stringify(document))).toEqual(printed);
      expect(document.exitCode).toBe(exitCode);
      expect(findings).toEqual(document.streams.flatMap((each) => each.findings));
    },
  );

  test("passes an intact stream", async () => {
    expect(await check(good, { expect: ["verdict=completed", "text=Hey"] })).toMatchObject({
      exitCode: 0,
      verdict: "completed",
      findings: [],
    });
  });

  test("has unmet expectations, and how a cut stream ended", async () => {
    const { exitCode, verdict, findings } = await check(cut, { expect: ["tool=get_weather"] });
    expect({ exitCode, verdict }).toEqual({ exitCode: 5, verdict: "truncated" });
    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["no-terminal", "expectation"]));
  });

  test("heeds failOn, rules and profile", async () => {
    const [path = ""] = captureFiles({ "cut.sse": cut });
    expect(await check(path, { rules: { "no-terminal": "off" }, profile: "lenient" })).toMatchObject({ exitCode: 0 });
    expect(await check(path, { expect: ["verdict=truncated"], failOn: "info" })).toMatchObject({ exitCode: 1 });
  });

  test("of an input that cannot be read says why", async () => {
    expect(await check("no/such.sse")).toMatchObject({
      exitCode: 2,
      verdict: null,
      findings: [{ rule: "unreadable-source", message: expect.stringContaining("no such file") }],
    });
    expect(await check("no/such.sse", { name: "the answer" })).toMatchObject({ streams: [{ source: "the answer" }] });
  });
});

test.each([
  [{ expect: ["verdict=complete"] }, "has a value that verdict never is"],
  [{ expct: ["tool=get_weather"] }, "check has no option expct"],
  [{ cutAfter: 1 }, "check has no option cutAfter"],
  [null, "check: expected an object of options, but got null"],
  [{ failOn: "fatal" }, "is not one of error, warning, info"],
])("a wrong option rejects: %j", async (options, message) => {
  await expect(check(good, JSON.parse(JSON.stringify(options)))).rejects.toThrow(message);
});
