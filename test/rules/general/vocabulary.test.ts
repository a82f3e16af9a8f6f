import { describe, expect, test } from "vitest";
import { vocabularyRules } from "../../../src/rules/general/vocabulary.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import * as messages from "../../support/messages.ts";
import { answer, completed, created, data, event, stream, streamFrom, textDelta } from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

const begun = stream(created(), textDelta("hey"));

/** The same stream without its event lines. */
function unnamed(input: string): string {
  return input.replaceAll(/^event: .*\n/gm, "");
}

/** The same events as lines of NDJSON. */
function asLines(input: string): string {
  return unnamed(input).replaceAll(/^data: (.*)\n\n/gm, "$1\n");
}

describe("foreign-event", () => {
  const chunk = data(JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", choices: [] }));
  const gemini = data(JSON.stringify({ candidates: [{ content: { parts: [{ text: "a" }] } }] }));

  test("is found once for each other dialect, at its first event, which is not also reported as unknown", async () => {
    const input = answer("hey") + chunk + chunk + gemini + gemini;
    expect(await findingsOf(vocabularyRules, input)).toMatchObject([
      { rule: "foreign-event", severity: "warning", event: 8, expected: "openai-responses", seen: "openai-chat" },
      { rule: "foreign-event", severity: "warning", event: 10, expected: "openai-responses", seen: "gemini" },
    ]);
  });

  test("is found in streams of other dialects too", async () => {
    const chat = fixtureNamed("openai-chat/text.sse").bytes;
    const anthropic = fixtureNamed("anthropic/text.sse").bytes;
    const [finding, ...others] = await findingsOf(vocabularyRules, Buffer.concat([chat, anthropic]));
    expect(finding).toMatchObject({ rule: "foreign-event", expected: "openai-chat", seen: "anthropic" });
    expect(finding?.message).toBe(
      "the stream is openai-chat, but this event is anthropic: all such events are skipped",
    );
    expect(others).toEqual([]);
  });

  test("is not found at a ping, which any server can send, or at events that no dialect knows", async () => {
    const input = answer("hey") + event({ type: "ping" }) + event({ type: "acme:trace" });
    const findings = await findingsOf(vocabularyRules, input);
    expect(findings.map(({ rule, seen }) => `${rule} ${seen}`)).toEqual(["unrecognized-event acme:trace"]);
  });
});

describe("unrecognized-event", () => {
  const input = begun + streamFrom(2, { type: "acme:trace" }, { type: "response.of_the_future" }, completed());

  test("is found at an unknown event, and does not fail the check", async () => {
    expect(await found(vocabularyRules, input)).toEqual([
      "unrecognized-event at 2: event: acme:trace",
      "unrecognized-event at 3: event: response.of_the_future",
    ]);
    expect(await findingsOf(vocabularyRules, input)).toMatchObject([
      { severity: "info", seen: "acme:trace" },
      { severity: "info", seen: "response.of_the_future" },
    ]);
  });

  test("is found under Open Responses only if no prefix marks an extension", async () => {
    expect(await findingsOf(vocabularyRules, input, "open-responses")).toMatchObject([
      { severity: "warning", event: 3 },
    ]);
  });

  test("is not found at keep-alives, comments and [DONE]", async () => {
    const silence = streamFrom(2, { type: "keepalive" }, { type: "response.keep_alive" });
    expect(
      await found(vocabularyRules, `${begun}: hi\n\n${silence}${streamFrom(4, completed())}${data("[DONE]")}`),
    ).toEqual([]);
  });
});

describe("event-type-mismatch", () => {
  const wrong = event({ ...textDelta("x"), sequence_number: 2 }).replace("output_text.delta\n", "text.delta\n");
  const input = begun + wrong + streamFrom(3, completed());

  test("is found if event line and payload differ", async () => {
    expect(await found(vocabularyRules, input)).toEqual(["event-type-mismatch at 2: event: response.text.delta"]);
    expect(await findingsOf(vocabularyRules, input)).toMatchObject([
      { severity: "error", expected: "response.output_text.delta", seen: "response.text.delta" },
    ]);
    expect(await findingsOf(vocabularyRules, input, "lenient")).toMatchObject([{ severity: "warning" }]);
  });

  test("is found at its own line if lines end in CR", async () => {
    expect(await found(vocabularyRules, input.replaceAll("\n", "\r"))).toEqual([
      "event-type-mismatch at 2: event: response.text.delta",
    ]);
  });

  test("is not found if the payload's type is missing or not text", async () => {
    const untyped = `event: response.output_text.delta\ndata: {"sequence_number":2,"delta":"x"}\n\n`;
    const odd = `event: response.output_text.delta\ndata: {"type":1,"sequence_number":3,"delta":"x"}\n\n`;
    expect(await found(vocabularyRules, begun + untyped + odd + streamFrom(4, completed()))).toEqual([]);
  });

  test("is found in another dialect that names its events twice", async () => {
    const wrong = messages.answer("hey").replace("event: content_block_delta", "event: content_delta");
    expect(await found(vocabularyRules, wrong)).toEqual(["event-type-mismatch at 2: event: content_delta"]);
    expect(await found(vocabularyRules, messages.answer("hey"))).toEqual([]);
    expect(await findingsOf(vocabularyRules, unnamed(messages.answer("hey")))).toMatchObject([
      { rule: "event-unnamed", event: 0, expected: "event: message_start" },
    ]);
  });

  test("is not found in a stream of another dialect", async () => {
    expect(await found(vocabularyRules, `event: a\n${data('{"type":"b"}')}`)).toEqual([]);
  });
});

describe("event-unnamed", () => {
  test("is found once, at the first event without a name, with how many there are", async () => {
    const middle = unnamed(streamFrom(1, textDelta("a"), textDelta("b")));
    const input = stream(created()) + middle + streamFrom(3, completed());
    expect(await found(vocabularyRules, input)).toEqual([`event-unnamed at 1: ${middle.split("\n", 1)[0]}`]);
    const [finding] = await findingsOf(vocabularyRules, input);
    expect(finding).toMatchObject({ severity: "info", expected: "event: response.output_text.delta", seen: null });
    expect(finding?.message).toMatch(/^2 of 4 events/);
  });

  test("is an error under Open Responses, and not found under the lenient profile", async () => {
    const input = unnamed(answer("hey"));
    expect(await findingsOf(vocabularyRules, input, "open-responses")).toMatchObject([{ severity: "error", event: 0 }]);
    expect(await found(vocabularyRules, input, "lenient")).toEqual([]);
  });

  test("is not found in NDJSON, which has no event lines", async () => {
    const input = asLines(answer("hey"));
    expect(input).toMatch(/^\{"type":"response.created".*\}\n\{/);
    expect(await found(vocabularyRules, input)).toEqual([]);
  });

  test("is not found at [DONE], or at data that cannot be read or has no type", async () => {
    expect(await found(vocabularyRules, begun + data('{"error":{}}') + streamFrom(2, completed()))).toEqual([]);
    expect(await found(vocabularyRules, begun + data("oops") + streamFrom(2, completed()) + data("[DONE]"))).toEqual(
      [],
    );
  });

  test("is not found in a stream of another dialect", async () => {
    expect(await found(vocabularyRules, data('{"type":"b"}') + data("hello"))).toEqual([]);
  });
});
