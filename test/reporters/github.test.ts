import { describe, expect, test } from "vitest";
import { github } from "../../src/reporters/github.ts";
import type { Checked } from "../../src/check/checked.ts";
import type { Finding } from "../../src/model/finding.ts";
import { dangerousIn } from "../support/control-characters.ts";
import { checkedOf, findingOf, unreadable } from "./support/checked.ts";
import { disguises, everyDisguise, hostileStream } from "./support/hostile.ts";
import { reported } from "./support/reported.ts";

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** Parses a line like GitHub's runner; throws if it is not a command. */
function commandIn(line: string): Command {
  const trimmed = line.trimStart();
  const end = trimmed.indexOf("::", 2);
  if (!trimmed.startsWith("::") || end === -1) throw new Error(`no command: ${line}`);
  const [name = "", ...rest] = trimmed.slice(2, end).split(" ");
  const pairs = rest
    .join(" ")
    .split(",")
    .map((property): [string, string] => {
      const [key = "", ...value] = property.trim().split("=");
      return [key, unescaped(unescaped(value.join("="), "%3A", "%2C"), "%0D", "%0A", "%25")];
    });
  return { name, properties: Object.fromEntries(pairs), data: unescaped(trimmed.slice(end + 2), "%0D", "%0A", "%25") };
}

function unescaped(text: string, ...escapes: readonly string[]): string {
  return escapes.reduce((left, escape) => left.replaceAll(escape, decodeURIComponent(escape)), text);
}

/** The commands that are written for these streams. */
async function commandsOf(streams: Iterable<Checked>, leastShown: Finding["severity"] = "info"): Promise<Command[]> {
  const text = await reported(github, streams, { leastShown });
  return text === "" ? [] : text.trimEnd().split("\n").map(commandIn);
}

function namesOf(commands: readonly Command[]): string[] {
  return commands.map(({ name }) => name);
}

function many(count: number, change: Partial<Finding> = {}): Checked[] {
  return Array.from({ length: count }, (_, index) => checkedOf([findingOf({ line: index + 1, ...change })]));
}

test("nothing is annotated if all is well", async () => {
  expect(await reported(github, [checkedOf()])).toBe("");
});

test("a finding in a recorded body is annotated at the line of the file, with the line of the body", async () => {
  const finding = findingOf({ bodyLine: 7, message: "number 7 is missing" });
  expect(await reported(github, [checkedOf([finding], { source: "a.har" })])).toBe(
    "::error file=a.har,line=34,title=sequence-gap::body line 7: number 7 is missing\n",
  );
});

test("a finding is an annotation at its line, titled with its rule", async () => {
  const finding = findingOf({ message: "number 7 is missing", expected: "7", seen: "8" });
  expect(await reported(github, [checkedOf([finding], { source: "a/ci.log" })])).toBe(
    "::error file=a/ci.log,line=34,title=sequence-gap::number 7 is missing (expected 7, seen 8)\n",
  );
});

test("severities have GitHub's names, and only the requested severities are shown", async () => {
  const findings = (["error", "warning", "info"] as const).map((severity) => findingOf({ severity }));
  expect(namesOf(await commandsOf([checkedOf(findings)]))).toEqual(["error", "warning", "notice"]);
  expect(namesOf(await commandsOf([checkedOf(findings)], "warning"))).toEqual(["error", "warning"]);
});

test("a file name is escaped so that GitHub finds the file", async () => {
  const [command] = await commandsOf([checkedOf([findingOf()], { source: "50%, a:b.log" })]);
  expect(command?.properties).toEqual({ file: "50%, a:b.log", line: "34", title: "sequence-gap" });
});

test.each(["-", "https://api.example/v1/responses"])(
  "a source that is not a file is in the message: %s",
  async (source) => {
    const [command] = await commandsOf([checkedOf([findingOf({ message: "odd" })], { source })]);
    expect(command).toEqual({ name: "error", properties: { title: "sequence-gap" }, data: `${source}: odd` });
  },
);

test("a stream of a log is named in the message", async () => {
  const stream = { name: "api-1", line: 12, skippedLines: 3 };
  const [command] = await commandsOf([checkedOf([findingOf({ message: "odd" })], { source: "ci.log", stream })]);
  expect(command?.data).toBe("ci.log:12 (api-1): odd");
});

test("the failure is explained if no finding does", async () => {
  const hidden = findingOf({ severity: "info" });
  expect(await commandsOf([checkedOf([hidden], { verdict: "incomplete" })], "warning")).toEqual([
    { name: "error", properties: { file: "cap.sse", title: "incomplete" }, data: "incomplete, exit 4" },
  ]);
  expect(await commandsOf([unreadable("gone.sse")])).toHaveLength(1);
});

describe("GitHub shows ten annotations of a kind", () => {
  test("so ten are written", async () => {
    const commands = await commandsOf(many(10));
    expect(commands.map(({ properties }) => properties.line)).toEqual("1 2 3 4 5 6 7 8 9 10".split(" "));
  });

  test("and for eleven, nine and the number of the rest", async () => {
    const commands = await commandsOf([...many(11), ...many(9, { severity: "warning" })]);
    expect(commands.filter(({ name }) => name === "warning")).toHaveLength(9);
    const errors = commands.filter(({ name }) => name === "error");
    expect(errors).toHaveLength(10);
    expect(errors[9]?.data).toMatch(/^2 more errors;/);
    expect((await commandsOf(many(1234))).at(-1)?.data).toMatch(/^1,225 more errors;/);
  });

  test("with findings that are only counted in the rest", async () => {
    const commands = await commandsOf([checkedOf([findingOf()], { unlisted: { "sequence-gap": 900 } }), ...many(9)]);
    expect(commands).toHaveLength(10);
    expect(commands.at(-1)?.data).toMatch(/^901 more errors;/);
    const [, more] = await commandsOf([checkedOf([findingOf()], { unlisted: { "sequence-gap": 900 } })]);
    expect(more?.data).toMatch(/^900 more errors;/);
  });

  test("but no kind that is not shown", async () => {
    const stream = checkedOf([findingOf({ severity: "info" })], { unlisted: { "sequence-gap": 900 } });
    expect(await commandsOf([stream], "warning")).toEqual([]);
  });
});

/** A truncated stream with an error before the one that reports it. */
function failing(source: string, rule: string): Checked {
  return checkedOf([findingOf({ rule: "bom" }), findingOf({ rule, message: rule })], { source, verdict: "truncated" });
}

describe("failing streams", () => {
  test("come first, each with its reason, before the rest", async () => {
    const streams = [failing("a.sse", "no-terminal"), failing("b.sse", "no-terminal")];
    const commands = await commandsOf(streams);
    expect(commands.map(({ properties: { file, title } }) => [file, title])).toEqual([
      ["a.sse", "no-terminal"],
      ["b.sse", "no-terminal"],
      ["a.sse", "bom"],
      ["b.sse", "bom"],
    ]);
  });

  test("are errors, even if a warning is the reason", async () => {
    const refusal = findingOf({ rule: "refusal", severity: "warning", message: "no" });
    const commands = await commandsOf([checkedOf([refusal], { verdict: "refused" })]);
    expect(commands).toEqual([
      { name: "error", properties: { file: "cap.sse", line: "34", title: "refusal" }, data: "no" },
    ]);
  });

  test("of every cause are shown if there are too many, and the others are counted", async () => {
    const streams = [
      ...Array.from({ length: 30 }, (_, index) => checkedOf([findingOf()], { source: `${index}.sse`, checkCode: 1 })),
      failing("cut.sse", "no-terminal"),
      checkedOf([findingOf({ rule: "transport-error" })], { source: "gone.sse", verdict: "transport-error" }),
    ];
    const commands = await commandsOf(streams);
    expect(commands.map(({ properties: { file = "more" } }) => file).join(" ")).toBe(
      "0.sse 1.sse 2.sse 3.sse 4.sse 5.sse 6.sse cut.sse gone.sse more",
    );
    expect(commands.at(-1)?.data).toBe("23 more failing streams, 1 more error; --reporter json has them all");
  });

  test("leave room for other errors if they are few", async () => {
    const commands = await commandsOf([failing("a.sse", "no-terminal"), ...many(12)]);
    expect(commands).toHaveLength(10);
    expect(commands[0]?.properties["title"]).toBe("no-terminal");
    expect(commands[1]?.properties["title"]).toBe("bom");
    expect(commands.at(-1)?.data).toBe("5 more errors; --reporter json has them all");
  });
});

describe("text of a stream is not a command", () => {
  test.each(Object.entries(disguises))("that would be %s", async (_what, text) => {
    const commands = await commandsOf([hostileStream(text)]);
    expect(namesOf(commands)).toEqual(["error", "warning", "notice"]);
    const keys = commands.flatMap(({ properties }) => Object.keys(properties));
    expect(keys.filter((key) => !["file", "line", "title"].includes(key))).toEqual([]);
    expect(commands.map(({ properties }) => properties.title)).toEqual(["error-rule", "warning-rule", "info-rule"]);
  });

  test("and its control characters and line breaks are shown", async () => {
    const output = await reported(github, [hostileStream(everyDisguise)], { leastShown: "info" });
    expect(dangerousIn(output)).toEqual([]);
    expect(output).not.toContain("%0A");
    expect(output).not.toContain("%0D");
  });

  test("and is cut", async () => {
    const [command] = await commandsOf([checkedOf([findingOf({ message: "x".repeat(1_000_000) })])]);
    expect(command?.data.length).toBeLessThan(2000);
  });
});
