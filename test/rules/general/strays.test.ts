import { describe, expect, test } from "vitest";
import { strayRules } from "../../../src/rules/general/strays.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import { reportOf } from "../../support/read-report.ts";
import { answer } from "../../support/chunks.ts";
import { data } from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

const PAGE = "<html>\n<head><title>504 Gateway Time-out</title></head>\n\n<body>\n<hr>nginx\n\n</body></html>\n";

describe("stray-line", () => {
  test("is found at the line, and quotes it", async () => {
    const findings = await findingsOf(strayRules, fixtureNamed("rules/stray-line.invalid.sse").bytes);
    expect(findings).toMatchObject([{ rule: "stray-line", severity: "error", event: 2, line: 5 }]);
    expect(findings[0]?.message).toMatch(/^this line is not part of an event: upstream connect error/);
  });

  test("mentions a field name that is not lower case", async () => {
    const [finding] = await findingsOf(strayRules, `${data("{}")}Data: {"a":1}\n\n`);
    expect(finding?.message).toBe('this line is not part of an event: field names are lower case: Data: {"a":1}');
  });

  test("is found once for consecutive lines, and once for a page with blank lines in it", async () => {
    const [lines, ...others] = await findingsOf(strayRules, `${data("{}")}Traceback\n  at a\n  at b\n\n${data("{}")}`);
    expect(others).toEqual([]);
    expect(lines?.message).toBe("these 3 lines are not part of an event: Traceback at a at b");
    const pages = await findingsOf(strayRules, `${answer("hey")}${PAGE}${data("[DONE]")}${PAGE}`);
    expect(pages.map(({ message }) => message)).toEqual([
      "these 2 lines are not part of an event: an HTML page: 504 Gateway Time-out",
      "these 2 lines are not part of an event: an HTML page: 504 Gateway Time-out",
    ]);
  });

  test("is found at the rest of an event that a blank line split", async () => {
    const input = data('{"choices":[{"index":0,"delta":{"content":"a').replace("\n\n", '\n\nb"}}]}\n\n');
    expect(await found(strayRules, answer("hey") + input)).toHaveLength(1);
  });

  test("is found at a last line without a line end, unless it is the beginning of a field", async () => {
    expect(await found(strayRules, `${answer("hey")}curl: (18) transfer closed`)).toHaveLength(1);
    for (const rest of ["dat", "data", "event", ": com", "id"]) {
      expect(await found(strayRules, answer("hey") + rest)).toEqual([]);
    }
  });

  test("is found in NDJSON at a line that does not begin like JSON", async () => {
    const line =
      '{"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"a"},"done":false}\n';
    expect(await found(strayRules, `${line}curl: (18) transfer closed\n`)).toHaveLength(1);
  });

  test("does not keep an error in such a line from failing the stream", async () => {
    for (const line of ['error: {"code":400,"message":"too long"}', '{"error":{"code":400,"message":"too long"}}']) {
      const report = await reportOf(`${answer("hey")}${line}\n`);
      expect(report).toMatchObject({ verdict: "failed", responses: [{ error: { code: "400", message: "too long" } }] });
    }
  });
});

describe("unknown-field", () => {
  test("is found at every line that sets a field of another name", async () => {
    const findings = await findingsOf(strayRules, fixtureNamed("rules/unknown-field.invalid.sse").bytes);
    expect(findings).toMatchObject([
      { rule: "unknown-field", severity: "warning", line: 3, seen: "timestamp: 1767225601" },
    ]);
  });

  test("is not found if the value is more than a word", async () => {
    const rules = (await findingsOf(strayRules, `${answer("hey")}warning: out of tokens\n\ndeta: {"a":1}\n`)).map(
      ({ rule }) => rule,
    );
    expect(rules).toEqual(["stray-line", "stray-line"]);
  });
});
