import { describe, expect, test } from "vitest";
import { frameRules } from "../../../src/rules/general/frames.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import { answer, completed, created, data, event, stream, streamFrom, textDelta } from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

const begun = stream(created(), textDelta("hey"));
const ended = streamFrom(2, completed());

/** A stream with `text` in its middle. */
function around(text: string): string {
  return begun + text + ended;
}

describe("event-without-data", () => {
  test("is found if a named event has no data line", async () => {
    const input = around("event: keepalive\n\n");
    expect(await found(frameRules, input)).toEqual(["event-without-data at 2: event: keepalive"]);
    expect(await findingsOf(frameRules, input)).toMatchObject([
      { severity: "warning", expected: "data", seen: null, message: expect.stringContaining("keepalive") },
    ]);
  });

  test("is found at its place with any line ends", async () => {
    const input = around("event: keepalive\n\n");
    for (const end of ["\r\n", "\r"]) {
      expect(await found(frameRules, input.replaceAll("\n", end))).toEqual([
        "event-without-data at 2: event: keepalive",
      ]);
    }
  });

  test("is found if the data is empty, and invalid-json is not", async () => {
    expect(await found(frameRules, around("event: keepalive\ndata:\n\n"))).toEqual([
      "event-without-data at 2: event: keepalive",
    ]);
    expect(await found(frameRules, around("data\n\n"))).toEqual(["event-without-data at 2: data"]);
  });

  test("is less severe under the lenient profile", async () => {
    expect(await findingsOf(frameRules, around("event: keepalive\n\n"), "lenient")).toMatchObject([
      { severity: "info" },
    ]);
  });

  test.each([
    ["a comment", ": keepalive\n\n"],
    ["an id alone", "id: 1\n\n"],
    ["a retry alone", "retry: 1\n\n"],
    ["blank lines", "\n\n\n"],
  ])("is not found at %s", async (_, text) => {
    expect(await found(frameRules, around(text))).toEqual([]);
  });

  test("is not found in a stream of unknown dialect with empty data", async () => {
    expect(await found(frameRules, data("hello") + data(""))).toEqual([]);
  });

  test("is not found if a stream opens with only an id, from which a client can resume", async () => {
    expect(await found(frameRules, `id: s-0\ndata:\n\n${begun}${ended}`)).toEqual([]);
    expect(await found(frameRules, `data:\n\n${begun}${ended}`)).toEqual(["event-without-data at 0: data:"]);
  });
});

describe("invalid-json", () => {
  test.each([
    '{"type":"response.output_text.delta","del',
    "[]",
    "hello",
    '"hello"',
    "null",
    '{"a":1}}',
    '{"a":}{"b":1}',
    "[1]]",
  ])("is found at %j", async (text) => {
    expect(await found(frameRules, around(data(text)))).toEqual([`invalid-json at 2: data: ${text}`]);
  });

  test("quotes what is there instead of an object, in no more than a line", async () => {
    const [finding] = await findingsOf(frameRules, around(data(`upstream timeout ${"x".repeat(500)}`)));
    expect(finding).toMatchObject({
      expected: "a JSON object",
      seen: expect.stringMatching(/^upstream timeout x{1,50}$/),
    });
  });

  test.each([
    ["invalid-json", "<html>"],
    ["invalid-json", "17"],
    ["invalid-json", '{"type":"response.created","res'],
    ["event-without-data", ""],
    ["comment-in-data", ": PROCESSING"],
  ])("is found before the dialect is known, if it is known later: %s in %j", async (rule, first) => {
    expect(await found(frameRules, data(first) + answer("hey"))).toEqual([`${rule} at 0: data: ${first}`]);
  });

  test("is found before the dialect is known in the first events only, each at its place", async () => {
    const many = Array.from({ length: 15 }, (_, index) => data(`no JSON ${index}`)).join("");
    const findings = await findingsOf(frameRules, many + answer("hey"));
    expect(findings.map(({ event }) => event)).toEqual(Array.from({ length: 15 }, (_, index) => index));
  });

  test("is found in a stream of unknown dialect with damaged data", async () => {
    expect(await found(frameRules, data("hello") + data('{"a":') + data('data: {"a":1}'))).toEqual([
      'invalid-json at 1: data: {"a":',
      'invalid-json at 2: data: data: {"a":1}',
    ]);
  });

  test("is not found at [DONE], or at text in a stream of unknown dialect", async () => {
    expect(await found(frameRules, around("") + data("[DONE]"))).toEqual([]);
    expect(await found(frameRules, data("hello") + data("17") + data(": hi"))).toEqual([]);
  });

  test("is found in a line of NDJSON", async () => {
    const input = `${JSON.stringify(created())}\n{"type":\n${JSON.stringify(completed())}\n`;
    expect(await found(frameRules, input)).toEqual(['invalid-json at 1: {"type":']);
  });
});

describe("merged-frames", () => {
  const delta = JSON.stringify(textDelta("} {\\"));

  test.each([
    ["without a border", `${delta}${delta}`],
    ["with a space", `${delta} ${delta}`],
    ["with a field name", `${delta}data: ${delta}`],
    ["with an event line", `${delta}event: x\ndata: ${delta}`],
    ["with [DONE] after it", `${delta}[DONE]`],
    ["with [DONE] before it", `[DONE]${delta}`],
    ["with a second one that is cut", `${delta}{"type":"resp`],
  ])("is found instead of invalid-json for two values in one event, %s", async (_, text) => {
    const findings = await found(frameRules, around(data(text)));
    expect(findings).toEqual([`merged-frames at 2: data: ${text.split("\n", 1)[0]}`]);
  });

  test("is found if the blank line between two events was lost", async () => {
    const two = `${event(textDelta("a")).slice(0, -1)}${event(textDelta("b"))}`;
    expect(await found(frameRules, around(two))).toEqual(["merged-frames at 3: event: response.output_text.delta"]);
    expect(await found(frameRules, around("data: [DONE]\ndata: [DONE]\n\n"))).toEqual([
      "merged-frames at 3: data: [DONE]",
    ]);
  });

  test("says where the second value begins", async () => {
    const [finding] = await findingsOf(frameRules, around(data('{"first":1}{"second":2}')));
    expect(finding).toMatchObject({ severity: "error", expected: "one JSON value", seen: '{"first":1}{"second":2}' });
    expect(finding?.message).toContain("character 11");
  });
});

describe("comment-in-data", () => {
  test("is found instead of invalid-json if the data begins with a colon", async () => {
    const input = around(data(": OPENROUTER PROCESSING"));
    expect(await found(frameRules, input)).toEqual(["comment-in-data at 2: data: : OPENROUTER PROCESSING"]);
    expect(await findingsOf(frameRules, input)).toMatchObject([{ severity: "error", seen: ": OPENROUTER PROCESSING" }]);
    expect(await findingsOf(frameRules, input, "lenient")).toMatchObject([{ severity: "warning" }]);
  });
});

describe("invalid-utf8", () => {
  test("is found at the invalid byte", async () => {
    const input = Buffer.from(around(event({ type: "keepalive", note: "Köln" })).replace("ö", "\u0001"), "latin1");
    const at = input.indexOf(0x01);
    input[at] = 0xf6;
    const findings = await findingsOf(frameRules, input);
    expect(findings).toMatchObject([{ rule: "invalid-utf8", severity: "error", event: 2, line: 8, offset: at }]);
    expect(findings[0]?.seen).toContain("K\ufffdln");
  });

  test("is found if a character is cut at the end of a line", async () => {
    const input = Buffer.concat([Buffer.from(`${begun}data: caf`), Buffer.from([0xc3]), Buffer.from(`\n\n${ended}`)]);
    const findings = await findingsOf(frameRules, input);
    expect(findings.map(({ rule }) => rule).sort()).toEqual(["invalid-json", "invalid-utf8"]);
  });

  test("is not found if the server itself sent U+FFFD, or in comments", async () => {
    expect(await found(frameRules, around(event({ type: "keepalive", note: "\ufffd" })))).toEqual([]);
    const comment = Buffer.concat([Buffer.from(`${begun}: `), Buffer.from([0xff]), Buffer.from(`\n\n${ended}`)]);
    expect(await found(frameRules, comment)).toEqual([]);
  });
});

describe("line-separator", () => {
  test.each(["\u2028", "\u2029", "\u0085"])(
    "is found once in an event that contains %j any number of times",
    async (character) => {
      const input = begun + streamFrom(2, textDelta(`a${character}b${character}`), completed());
      expect(await found(frameRules, input)).toEqual(["line-separator at 2: event: response.output_text.delta"]);
      const [finding] = await findingsOf(frameRules, input);
      const code = character.charCodeAt(0).toString(16).padStart(4, "0");
      expect(finding).toMatchObject({ severity: "info", expected: `\\u${code}`, seen: `U+${code.toUpperCase()}` });
    },
  );

  test("is found in a stream of unknown dialect", async () => {
    expect(await found(frameRules, data("a\u2028b"))).toEqual(["line-separator at 0: data: a\u2028b"]);
  });

  test("is not found if the character is escaped, or at other multi-byte characters", async () => {
    const escaped = event(textDelta("a\u2028b")).replace("\u2028", "\\u2028");
    expect(await found(frameRules, around(escaped + event(textDelta("é ü 漢 😀"))))).toEqual([]);
  });
});

describe("chunked-coding", () => {
  const valid = Buffer.from(fixtureNamed("rules/chunked-coding.invalid.http").bytes).toString() + "0\r\n\r\n";

  test("is a warning if the last chunk is missing", async () => {
    expect(await findingsOf(frameRules, valid.replace(/0\r\n\r\n$/, ""))).toMatchObject([
      { rule: "chunked-coding", severity: "warning", event: 4 },
    ]);
    expect(await findingsOf(frameRules, valid)).toEqual([]);
  });

  test("is an error if a size is wrong, at the place of the next size", async () => {
    const [finding] = await findingsOf(frameRules, valid.replace(/\r\n[0-9a-f]+\r\n(?=data: \[DONE\])/, "\r\n3\r\n"));
    expect(finding).toMatchObject({ rule: "chunked-coding", severity: "error", seen: "a:" });
  });
});
