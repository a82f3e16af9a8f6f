// Recorded streams of MCP servers, compared with an independent reader.
import { describe, expect, test } from "vitest";
import { captures, named, withoutCaptures } from "../../support/captures.ts";
import { run } from "../../support/io.ts";
import { payloadsOf } from "../../support/plain-reading.ts";
import { parseReport } from "../../support/read-report.ts";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly error?: object;
  readonly result?: { readonly content?: readonly { readonly text: string }[] };
}

function readPlainly(input: string) {
  const messages = payloadsOf(input, true).map((data): Message => JSON.parse(data));
  const answers = messages.filter(({ id, method }) => id !== undefined && method === undefined);
  return {
    events: messages.length,
    ids: answers.map(({ id }) => String(id)),
    text: answers
      .flatMap(({ result }) => result?.content ?? [])
      .map(({ text }) => text)
      .join(""),
    notifications: messages.flatMap(({ method }) => method ?? []),
    verdict: answers.every(({ error }) => error === undefined) ? "completed" : "failed",
    usage: [null],
  };
}

const streams = captures.filter(({ name }) => name.includes("mcptoolset"));

describe("A recorded stream of an MCP server", () => {
  test("exists.", ({ skip }) => {
    skip(...withoutCaptures);
    expect(streams.length).toBeGreaterThanOrEqual(5);
    expect(streams.some(({ bytes }) => readPlainly(bytes.toString("utf8")).notifications.length > 0)).toBe(true);
  });

  test.each(named(streams))("gives the same as the independent reader, without findings: %s", async (_, { bytes }) => {
    const { exitCode, stdout, stderr } = await run(["--json", "-"], { stdin: [bytes] });
    const { dialect, events, verdict, findings, responses } = parseReport(stdout);
    expect({ exitCode, stderr, dialect, findings }).toEqual({ exitCode: 0, stderr: "", dialect: "mcp", findings: [] });
    const items = responses.flatMap((response) => response.items);
    expect({
      events,
      ids: responses.map(({ id }) => id),
      text: responses.map(({ text }) => text).join(""),
      notifications: items.map(({ type }) => type).filter((type) => type.startsWith("notifications/")),
      verdict,
      usage: responses.map(({ usage }) => usage),
    }).toEqual(readPlainly(bytes.toString("utf8")));
  });
});
