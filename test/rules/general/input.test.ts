import { describe, expect, test } from "vitest";
import { inputRules } from "../../../src/rules/general/input.ts";
import { run } from "../../support/io.ts";
import { parseReport, reportOf } from "../../support/read-report.ts";
import { serve } from "../../support/server.ts";
import { answer, completed, created, data } from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

const lines = `${[created(), completed()].map((payload) => JSON.stringify(payload)).join("\n")}\n`;

/** Output of `curl -i`. */
function printed(contentType: string | null, body: string, status = "200 OK"): string {
  const header = contentType === null ? "" : `Content-Type: ${contentType}\r\n`;
  return `HTTP/1.1 ${status}\r\n${header}\r\n${body}`;
}

describe("content-type", () => {
  test.each([
    ["text/event-stream", []],
    ["Text/Event-Stream; charset=utf-8", []],
    ["text/plain", ["content-type"]],
    ["application/json", ["content-type"]],
    [null, ["content-type"]],
  ])("of an event stream that the server calls %s", async (contentType, rules) => {
    const headers = contentType === null ? {} : { "content-type": contentType };
    const { origin } = await serve({ headers, body: answer("hey") });
    const { findings, verdict } = parseReport((await run(["--json", origin])).stdout);
    expect(findings.map(({ rule }) => rule).filter((rule) => rule === "content-type")).toEqual(rules);
    expect(verdict).toBe("completed");
  });

  test.each(["**REDACTED**", "[REDACTED:content-type]", "<FILTERED>"])(
    "is unknown if a recorder wrote %s",
    async (type) => {
      expect(await found(inputRules, printed(type, answer("hey")))).toEqual([]);
    },
  );

  test("is found in the output of curl -i, with both types", async () => {
    const input = printed("text/plain; charset=utf-8", answer("hey"));
    expect(await found(inputRules, input)).toEqual(["content-type at 0: HTTP/1.1 200 OK"]);
    expect(await findingsOf(inputRules, input)).toMatchObject([
      { severity: "warning", expected: "text/event-stream", seen: "text/plain" },
    ]);
    expect(await findingsOf(inputRules, printed(null, answer("hey")))).toMatchObject([{ seen: null }]);
  });

  test("is an error under Open Responses, and a note under the lenient profile", async () => {
    const input = printed("text/plain", answer("hey"));
    expect(await findingsOf(inputRules, input, "open-responses")).toMatchObject([{ severity: "error" }]);
    expect(await findingsOf(inputRules, input, "lenient")).toMatchObject([{ severity: "info" }]);
  });

  test.each([
    ["application/x-ndjson", []],
    ["application/json; charset=utf-8", []],
    ["text/event-stream", ["application/x-ndjson"]],
  ])("of lines of JSON that the server calls %s", async (contentType, expected) => {
    const findings = await findingsOf(inputRules, printed(contentType, lines));
    expect(findings.map((finding) => finding.expected)).toEqual(expected);
  });

  test("of an error's body is not checked", async () => {
    const { origin } = await serve({ status: 500, headers: { "content-type": "text/html" }, body: data("no") });
    expect(parseReport((await run(["--json", origin])).stdout).findings).toEqual([]);
    expect(await found(inputRules, printed("text/html", data("no"), "404 Not Found"))).toEqual([]);
  });

  test("of a body without events, or of a capture without headers, is not checked", async () => {
    const page = await reportOf(printed("text/html", "<html></html>"));
    expect(page).toMatchObject({ verdict: "not-a-stream", findings: [] });
    expect(await found(inputRules, answer("hey"))).toEqual([]);
  });
});
