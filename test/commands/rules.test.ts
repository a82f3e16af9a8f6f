// `ssescope rules`: lists every rule, and explains each with an invalid and a valid example.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { packedExamples } from "../../src/building/packed-examples.js";
import { outcomeRules } from "../../src/check/outcome-rules.ts";
import { ruleFamilies } from "../../src/pipeline/rule-families.ts";
import { profiles } from "../../src/rules/profiles.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { temporaryDirectory } from "../support/files.ts";
import { place, run, type RunOptions } from "../support/io.ts";

const ofStreams = ruleFamilies().flatMap(({ family }) => family.rules);
const all: readonly Rule[] = [...ofStreams, ...outcomeRules];

/** The dialect that a rule belongs to, and the dialects that it applies to; null: none, all. */
function placeOf(id: string) {
  const listed = ruleFamilies().find(({ family }) => family.rules.some((rule) => rule.id === id));
  return { protocol: listed?.protocol ?? null, dialects: listed?.dialects ?? null };
}

test("the list has a line for every rule: severity, id, meaning", async () => {
  const { exitCode, stdout } = await run(["rules"]);
  expect(exitCode).toBe(0);
  const lines = stdout.split("\n");
  for (const { id, meaning } of all) {
    expect(lines.filter((line) => line.includes(` ${id} `) && line.endsWith(meaning))).toHaveLength(1);
  }
});

test("--json has the same for machines, severities by profile", async () => {
  const rules: unknown = JSON.parse((await run(["rules", "--json"])).stdout);
  expect(rules).toHaveLength(all.length);
  const severity = Object.fromEntries(
    profiles.map(({ name }) => [name, expect.stringMatching(/^(error|warning|info|off)$/)]),
  );
  expect(rules).toEqual(
    all.map(({ id, meaning, why, remedy }) => ({
      id,
      family: expect.any(String),
      ...placeOf(id),
      severity,
      meaning,
      why,
      remedy,
    })),
  );
});

test("the list and the explanation name the dialects of a rule that does not apply to all", async () => {
  const { stdout } = await run(["rules"]);
  expect(stdout).toMatch(/^Rules of anthropic\n\n {2}blocks\n/m);
  expect(stdout).toMatch(/^ {2}candidates {2}openai-chat, gemini\n/m);
  expect(stdout).toMatch(/^General rules\n[^]*\n {2}lifecycle\n[^]*\nRules of /);
  expect((await run(["rules", "block-index-order"])).stdout).toContain("\ndialects  anthropic\n");
  expect((await run(["rules", "no-terminal"])).stdout).not.toContain("dialects  ");
});

describe("one rule", () => {
  test.each(all)("$id is explained, with examples or the reason why there are none", async (rule) => {
    const { exitCode, stdout } = await run(["rules", rule.id]);
    expect(exitCode).toBe(0);
    for (const text of [rule.meaning, rule.why, rule.remedy, rule.noExample ?? ""]) expect(stdout).toContain(text);
    const signs = rule.noExample === undefined ? /^-+\++$/ : /^$/;
    expect(signsOf(stdout, "Invalid") + signsOf(stdout, "Valid")).toMatch(signs);
  });

  test("can be printed as JSON with its examples", async () => {
    const rule: unknown = JSON.parse((await run(["rules", "--json", "sequence-gap"])).stdout);
    const invalid = readFileSync(new URL("fixtures/rules/sequence-gap.invalid.sse", place.packageFolder), "utf8");
    const valid = readFileSync(new URL("fixtures/rules/sequence-gap.valid.sse", place.packageFolder), "utf8");
    expect(rule).toMatchObject({
      id: "sequence-gap",
      family: "sequence",
      example: invalid,
      examples: { invalid, valid },
    });
    const without: unknown = JSON.parse((await run(["rules", "--json", "expectation"])).stdout);
    expect(without).toMatchObject({ id: "expectation", example: null, examples: null });
  });

  test("has its examples in a package, too, as one file", async () => {
    const folder = temporaryDirectory();
    mkdirSync(join(folder, "dist"));
    writeFileSync(join(folder, "dist", "rule-examples.json.gz"), packedExamples());
    const packageFolder = pathToFileURL(`${folder}/`);
    for (const { id } of all) {
      const packed = await run(["rules", id], { packageFolder });
      expect(packed).toEqual(await run(["rules", id]));
    }
  });

  test("is wrong usage if it does not exist, with a suggestion", async () => {
    const { exitCode, stdout, stderr } = await run(["rules", "sequence-gab"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("sequence-gap");
  });
});

/** The signs before the lines of an example, including its times. */
function signsOf(stdout: string, title: string): string {
  const blocks = stdout.split(/\n\n(?=(?:Inv|V)alid {2})/).filter((block) => block.startsWith(`${title}  `));
  return blocks.flatMap((block) => block.split("\n").map((line) => /^[-+]/.exec(line)?.[0] ?? "")).join("");
}

/** The output about both examples, from the first title on. */
async function shown(id: string, options: RunOptions = {}): Promise<string> {
  const { stdout } = await run(["rules", id], options);
  return stdout.slice(stdout.indexOf("Invalid"));
}

describe("The examples", () => {
  test("mark the lines that differ, and show a few around them", async () => {
    expect(await shown("done-sentinel")).toBe(`Invalid  fixtures/rules/done-sentinel.invalid.sse

  … 39 lines
  event: response.completed
  data: {"type":"response.completed","sequence_number":13,"response":{"id":"resp_0… (704 characters)

- data: [DONE]
-

Valid  fixtures/rules/done-sentinel.valid.sse

  … 39 lines
  event: response.completed
  data: {"type":"response.completed","sequence_number":13,"response":{"id":"resp_0… (704 characters)

+ <removed: 2 lines>
`);
  });

  test("cut long lines around the difference", async () => {
    const text = await shown("invalid-json");
    expect(text).toContain('- data: {"type":"response.in_progress"…p_p":1.0,"usage":null,"metadata":{}}\n');
    expect(text).toContain('+ data: {"type":"response.in_progress"…p_p":1.0,"usage":null,"metadata":{}}}\n');
  });

  test("leave out lines with only other numbers, unless the rule is about the numbers", async () => {
    expect(await shown("second-start")).toContain("\n  … 36 lines, 12 with other numbers\n");
    expect(await shown("block-index-order")).toMatch(/\n- data: \{"type":"content_block_stop","index":2\}\n/);
  });

  test.each([
    ["unterminated-last-event", "- <missing: 1 line>\n", "+ <blank line>\n"],
    ["invalid-utf8", 'city":"K<F6>ln"', 'city":"Köln"'],
    ["line-separator", 'delta":".<U+2028>"', 'delta":".\\u2028"'],
    ["truncated-compression", "- <gzip data: 803 bytes, the last ones", "+ <gzip data: 807 bytes, the last ones"],
    ["transport-error", '- {"end":"failed"', '+ {"end":"complete"'],
    [
      "content-type",
      "- content-type: text/plain; charset=utf-8\n",
      "+ content-type: text/event-stream; charset=utf-8\n",
    ],
  ])("show invisible characters: %s", async (id, invalid, valid) => {
    const [, ofInvalid = "", ofValid = ""] = (await shown(id)).split(/^(?:Inv|V)alid {2}.*\.(?:sse|http|gz)\n/m);
    expect(ofInvalid).toContain(invalid);
    expect(ofValid).toContain(valid);
  });

  test("fit a terminal, with colors inside the lines", async () => {
    const text = await shown("usage-arithmetic", { terminalColumns: 60, env: { FORCE_COLOR: "1" } });
    const escape = "\u001b";
    expect(text).toContain(`"total_tokens":${escape}[31m14${escape}[39m`);
    expect(text).toContain(`"total_tokens":${escape}[32m19${escape}[39m`);
    const plain = await shown("usage-arithmetic", { terminalColumns: 60, env: { NO_COLOR: "1" } });
    const unchanged = plain.split("\n").filter((line) => line.startsWith("  "));
    expect(unchanged.length).toBeGreaterThan(0);
    expect(Math.max(...unchanged.map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});
