import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Config, readConfig } from "../../src/check/config.ts";
import { parseExpectation } from "../../src/check/expectation.ts";
import { UserError } from "../../src/errors.ts";
import { profiles } from "../../src/rules/profiles.ts";
import { severities } from "../../src/model/finding.ts";
import schema from "../../src/schemas/config.schema.json" with { type: "json" };
import { temporaryDirectory } from "../support/files.ts";

const CONFIG = "ssescope.config.json";

/** A new directory with these files; values that are not text are written as JSON. */
function directoryWith(files: Readonly<Record<string, unknown>>): string {
  const directory = temporaryDirectory();
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  }
  return directory;
}

/** The config that is found in the folder `below` of a directory with these files. */
function found(files: Readonly<Record<string, unknown>>, below = "."): Promise<Config> {
  return readConfig(join(directoryWith(files), below), null);
}

async function errorOf(reading: Promise<Config>): Promise<UserError> {
  const outcome: unknown = await reading.catch((error: unknown) => error);
  if (!(outcome instanceof UserError)) throw new Error(`no UserError: ${String(outcome)}`);
  return outcome;
}

describe("a config", () => {
  test("has its own settings, and null or empty values for the rest", async () => {
    const config = {
      $schema: "https://example.com/config.schema.json",
      profile: "lenient",
      rules: { "sequence-gap": "off", "no-terminal": "warning", "transport-error": "info" },
      failOn: "warning",
      stallThreshold: "1.5m",
      expect: ["status=completed", "usage.totalTokens<=1000"],
    };
    const nothing = { profile: null, rules: new Map(), failOn: null, stallMs: null, expectations: [] };
    expect(await found({ [CONFIG]: config })).toEqual({
      path: CONFIG,
      profile: "lenient",
      rules: new Map(Object.entries(config.rules)),
      failOn: "warning",
      stallMs: 90_000,
      expectations: config.expect.map(parseExpectation),
    });
    expect(await found({ [CONFIG]: {} })).toEqual({ ...nothing, path: CONFIG });
    expect(await found({ "package.json": { name: "x", ssescope: { failOn: "info" } } })).toEqual({
      ...nothing,
      path: "package.json",
      failOn: "info",
    });
  });

  test("may begin with a byte order mark", async () => {
    expect(await found({ [CONFIG]: '\uFEFF{"failOn":"info"}' })).toMatchObject({ failOn: "info" });
    const { expectations } = await found({ [CONFIG]: { expect: ["text=a\uFEFFb"] } });
    expect(expectations.map(({ source }) => source)).toEqual(["text=a\uFEFFb"]);
  });

  test("that does not exist has no settings", async () => {
    // A config above the temporary directories would be found; the test expects that there is none.
    expect(await found({ "package.json": { name: "ssescope" } })).toEqual({
      path: null,
      profile: null,
      rules: new Map(),
      failOn: null,
      stallMs: null,
      expectations: [],
    });
  });
});

describe("the config that is found", () => {
  test.each<[what: string, files: Record<string, unknown>, below: string, path: string]>([
    ["of the directory before that above", { [CONFIG]: {}, [`a/${CONFIG}`]: {}, "a/b/x": "" }, "a", CONFIG],
    [
      "of the nearest directory above",
      { [CONFIG]: {}, [`a/${CONFIG}`]: {}, "a/b/c/x": "" },
      "a/b/c",
      `../../${CONFIG}`,
    ],
    ["the file before the key of package.json", { [CONFIG]: {}, "package.json": { ssescope: {} } }, ".", CONFIG],
    ["the key before a file further up", { [CONFIG]: {}, "a/package.json": { ssescope: {} } }, "a", "package.json"],
    ["past a package.json without the key", { [CONFIG]: {}, "a/package.json": { name: "x" } }, "a", `../${CONFIG}`],
    [
      "past a package.json that has the word elsewhere",
      { [CONFIG]: {}, "a/package.json": { devDependencies: { ssescope: "1" } } },
      "a",
      `../${CONFIG}`,
    ],
    ["past a broken package.json of others", { [CONFIG]: {}, "a/package.json": "{" }, "a", `../${CONFIG}`],
    ["past a package.json that is no object", { [CONFIG]: {}, "a/package.json": '"ssescope"' }, "a", `../${CONFIG}`],
    ["from a directory that is not there", { [CONFIG]: {} }, "a/b", `../../${CONFIG}`],
    ["from below what is no directory", { [CONFIG]: {}, a: "a file" }, "a/b", `../../${CONFIG}`],
  ])("is that %s", async (_what, files, below, path) => {
    expect((await found(files, below)).path).toBe(path.replaceAll("/", join("/")));
  });
});

describe("a config that is named", () => {
  const files = { "ci/strict.json": { failOn: "info" }, [CONFIG]: { failOn: "error" } };

  test("is read instead of the nearest one, and shown as named", async () => {
    const named = await readConfig(directoryWith(files), "./ci/strict.json");
    expect(named).toMatchObject({ path: "./ci/strict.json", failOn: "info" });
  });

  test("may be a package.json that has the key", async () => {
    const cwd = directoryWith({ "a/package.json": { ssescope: { failOn: "info" } }, "b/package.json": {} });
    expect(await readConfig(cwd, "a/package.json")).toMatchObject({ failOn: "info" });
    const error = await errorOf(readConfig(cwd, "b/package.json"));
    expect(error.message).toBe('b/package.json has no key "ssescope"');
  });

  test("must exist and be a file", async () => {
    const missing = await errorOf(readConfig(directoryWith(files), "none.json"));
    expect(missing.message).toBe("cannot read none.json: no such file");
    expect(missing.hint).toContain("--config");
    expect((await errorOf(readConfig(directoryWith(files), "ci"))).message).toBe("cannot read ci: it is a folder");
  });
});

test("an unreadable config is an error", async () => {
  const error = await errorOf(found({ [`${CONFIG}/x`]: "", "a/x": "" }, "a"));
  expect(error.message).toBe(`cannot read ${join("..", CONFIG)}: it is a folder`);
});

describe("a config is refused", () => {
  test.each<[content: unknown, message: string, hint: string]>([
    ['{\n  "failOn": "info",\n}', `${CONFIG} is not valid JSON at line 3, column 1`, "no comma after the last entry"],
    ["", `${CONFIG} is not valid JSON at line 1, column 1`, "double quotes"],
    [[], `${CONFIG}: [] is not a JSON object`, "no hint"],
    [{ profil: "x" }, `${CONFIG}: there is no key "profil"`, "did you mean profile?"],
    [
      { colour: 1 },
      `${CONFIG}: there is no key "colour"`,
      "allowed are $schema, profile, rules, failOn, stallThreshold, expect",
    ],
    [
      { profile: "opnai" },
      `${CONFIG}, in profile: "opnai" is not one of openai, open-responses, lenient`,
      "did you mean openai?",
    ],
    [{ failOn: "never" }, `${CONFIG}, in failOn: "never" is not one of error, warning, info`, "no hint"],
    [{ failOn: null }, `${CONFIG}, in failOn: null is not one of error, warning, info`, "no hint"],
    [
      { stallThreshold: "soon" },
      `${CONFIG}, in stallThreshold: expected a duration such as 15s, but got "soon"`,
      "no hint",
    ],
    [
      { stallThreshold: "0s" },
      `${CONFIG}, in stallThreshold: expected a duration such as 15s, but got "0s"`,
      "no hint",
    ],
    [{ rules: ["x"] }, `${CONFIG}, in rules: ["x"] is not a JSON object`, "no hint"],
    [
      { rules: { "sequence-gap": "eror" } },
      `${CONFIG}, in rules, sequence-gap: "eror" is not one of error, warning, info, off`,
      "did you mean error?",
    ],
    [{ rules: { "2x": 1 } }, `${CONFIG}, in rules, 2x: 1 is not one of error, warning, info, off`, "no hint"],
    [{ rules: { x2: 1 } }, `${CONFIG}, in rules, x2: 1 is not one of error, warning, info, off`, "no hint"],
    [
      { expect: [...Array.from({ length: 10 }, () => "id=x"), 5] },
      `${CONFIG}, in expect, entry 11: 5 is not a string`,
      "no hint",
    ],
    [{ rules: { "a/b~c": 1 } }, `${CONFIG}, in rules, a/b~c: 1 is not one of error, warning, info, off`, "no hint"],
    [
      { rules: { sequence_gap: "off" } },
      `${CONFIG}, in rules: there is no rule "sequence_gap"`,
      "did you mean sequence-gap?",
    ],
    [{ rules: { colour: "off" } }, `${CONFIG}, in rules: there is no rule "colour"`, "ssescope rules lists them"],
    [{ expect: "status=completed" }, `${CONFIG}, in expect: "status=completed" is not a list`, "no hint"],
    [{ expect: ["id=x", 5] }, `${CONFIG}, in expect, entry 2: 5 is not a string`, "no hint"],
    [
      { expect: ["id=x", "statsu=x"] },
      `${CONFIG}, in expect, entry 2: the expectation "statsu=x" has a key that does not exist`,
      "did you mean status?",
    ],
  ])("for %j", async (content, message, hint) => {
    const error = await errorOf(found({ [CONFIG]: content }));
    expect(error.message).toBe(message);
    expect(error.hint ?? "no hint").toContain(hint);
  });

  test("in package.json with its place in that file", async () => {
    const error = await errorOf(found({ "package.json": { ssescope: { expect: [1] } } }));
    expect(error.message).toBe("package.json, in ssescope, expect, entry 1: 1 is not a string");
    expect((await errorOf(found({ "package.json": '{"ssescope": }' }))).message).toBe(
      "package.json is not valid JSON at line 1, column 14",
    );
  });

  test("with at most 100 characters of the value", async () => {
    for (const [length, quoted] of [
      [98, `"${"x".repeat(98)}"`],
      [99, `"${"x".repeat(99)}…`],
      [5000, `"${"x".repeat(99)}…`],
    ] as const) {
      const { message } = await errorOf(found({ [CONFIG]: { profile: "x".repeat(length) } }));
      expect(message).toContain(`in profile: ${quoted} is not one of`);
    }
  });
});

test("a config of any depth is refused with a message", async () => {
  const [opening, closing] = ['[{"a":'.repeat(20_000), "}]".repeat(20_000)];
  const deep = `${opening}"off"${closing}`;
  for (const text of [`{"profile":${deep}}`, `{"rules":{"no-terminal":${deep}}}`, deep]) {
    expect((await errorOf(found({ [CONFIG]: text }))).message.length).toBeLessThan(300);
  }
});

test("the schema lists the existing profiles and severities", () => {
  const { profileName, severity } = schema.$defs;
  const { rules } = schema.properties;
  expect(profileName.enum).toEqual(profiles.map(({ name }) => name));
  expect(severity.enum).toEqual(severities);
  expect(rules.additionalProperties.enum).toEqual([...severities, "off"]);
});
