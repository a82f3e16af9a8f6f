// The official client of AG-UI reads the same runs, checks them by its own verifier, and must come to the same.
import { HttpAgent, type Message } from "@ag-ui/client";
import { type Arbitrary, array, assert, asyncProperty, constantFrom, integer, record } from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { named } from "../support/captures.ts";
import { tried } from "../support/exhaustive.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport, reportOf } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";

interface Outcome {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly (readonly (string | undefined)[])[];
}

/** What the client refuses: a part of its message. */
const REJECTED: Readonly<Record<string, string>> = {
  "ag-ui/step-in-open-text.sse": `Cannot send 'STEP_FINISHED' for step "reasoning" that was not started`,
  "broken/ag-ui-message-open-at-end.sse": "Cannot send 'RUN_FINISHED' while text messages are still active",
  "broken/ag-ui-reasoning-not-begun.sse": "Cannot send 'REASONING_END' event: No active reasoning span found",
  "broken/ag-ui-snapshot-after-end.sse": "The run has already finished with 'RUN_FINISHED'",
};
/** The names of older servers in .NET, of which the client makes nothing. */
const OTHER_SPELLING = new Set(["ag-ui/other-spelling.sse"]);

const streams = fixtures.filter(({ name }) => /^(?:broken\/ag-ui-|ag-ui\/)/.test(name) && !OTHER_SPELLING.has(name));
const accepted = streams.filter(({ name }) => REJECTED[name] === undefined);
const refused = streams.filter(({ name }) => REJECTED[name] !== undefined);

describe("The official client of AG-UI and this program agree", () => {
  test.each(named(accepted))("on what a run says: %s", async (_, { bytes }) => {
    const { origin } = await serveReplay(bytes);
    const { stdout } = await run([origin, "-d", "{}", "--json"]);
    const { text = "", reasoning = "", items = [] } = parseReport(stdout).responses.at(-1) ?? {};
    const calls = items
      .filter(({ type }) => type === "tool_call")
      .map((item) => [item.callId, item.name, item.arguments]);
    expect(outcomeOf(await readWithClient(new HttpAgent({ url: origin })))).toEqual({ text, reasoning, calls });
  });

  test.each(named(refused))("on a run that is wrong: %s", async (name, { bytes }) => {
    const { origin } = await serveReplay(bytes);
    await expect(readWithClient(new HttpAgent({ url: origin }))).rejects.toThrow(REJECTED[name]);
    expect((await reportOf([bytes])).findings).toContainEqual(expect.objectContaining({ severity: "error" }));
  });

  test("on runs whose events are dropped, repeated or moved", async () => {
    await assert(
      asyncProperty(array(edits, { minLength: 1, maxLength: 2 }), async (all) => {
        const body = bodyOf(all.reduce(edit, RUN));
        const rejection = await rejectionOf(body);
        const found = (await reportOf(body)).findings.filter(isOfOrder).map(({ rule }) => rule);
        expect({ rejection, found, isFound: found.length > 0 }).toEqual({
          rejection,
          found,
          isFound: rejection !== null,
        });
      }),
      { numRuns: tried(400, 2000), seed: 17 },
    );
  });
});

/** A run that is right, with all that its order is about. */
const RUN: readonly object[] = [
  { type: "RUN_STARTED", threadId: "thread", runId: "run1" },
  { type: "STATE_SNAPSHOT", snapshot: {} },
  { type: "STEP_STARTED", stepName: "answer" },
  { type: "REASONING_START", messageId: "msg0" },
  { type: "REASONING_MESSAGE_START", messageId: "msg0", role: "reasoning" },
  { type: "REASONING_MESSAGE_CONTENT", messageId: "msg0", delta: "thought" },
  { type: "REASONING_MESSAGE_END", messageId: "msg0" },
  { type: "REASONING_END", messageId: "msg0" },
  { type: "TEXT_MESSAGE_START", messageId: "msg1", role: "assistant" },
  { type: "TEXT_MESSAGE_CONTENT", messageId: "msg1", delta: "text" },
  { type: "TOOL_CALL_START", toolCallId: "call1", toolCallName: "tool", parentMessageId: "msg1" },
  { type: "TOOL_CALL_ARGS", toolCallId: "call1", delta: "{}" },
  { type: "TEXT_MESSAGE_END", messageId: "msg1" },
  { type: "TOOL_CALL_END", toolCallId: "call1" },
  { type: "TOOL_CALL_RESULT", messageId: "msg2", toolCallId: "call1", content: "result", role: "tool" },
  { type: "STEP_FINISHED", stepName: "answer" },
  { type: "RUN_FINISHED", threadId: "thread", runId: "run1" },
  { type: "RUN_STARTED", threadId: "thread", runId: "run2" },
  { type: "TEXT_MESSAGE_START", messageId: "msg3", role: "assistant" },
  { type: "TEXT_MESSAGE_CONTENT", messageId: "msg3", delta: "text" },
  { type: "TEXT_MESSAGE_CHUNK", messageId: "msg3", delta: "text" },
  { type: "TEXT_MESSAGE_END", messageId: "msg3" },
  { type: "TEXT_MESSAGE_CHUNK", messageId: "msg4", role: "assistant", delta: "text" },
  { type: "TEXT_MESSAGE_CHUNK", delta: "text" },
  { type: "TOOL_CALL_CHUNK", toolCallId: "call2", toolCallName: "tool", delta: "{}" },
  { type: "TOOL_CALL_CHUNK", toolCallId: "call2", delta: "{}" },
  { type: "REASONING_MESSAGE_CHUNK", messageId: "msg5", delta: "thought" },
  { type: "RUN_ERROR", message: "error" },
];

interface Edit {
  readonly kind: "drop" | "repeat" | "move";
  readonly from: number;
  readonly to: number;
}

const place = integer({ min: 0, max: RUN.length - 1 });
const edits: Arbitrary<Edit> = record({
  kind: constantFrom("drop", "repeat", "move"),
  from: place,
  to: place,
});

function edit(run: readonly object[], { kind, from, to }: Edit): readonly object[] {
  const event = run[from];
  if (event === undefined) return run;
  if (kind === "drop") return run.toSpliced(from, 1);
  return (kind === "repeat" ? run : run.toSpliced(from, 1)).toSpliced(to, 0, event);
}

function bodyOf(run: readonly object[]): string {
  return run.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
}

/** How a run ends, and what it says, is no matter of order. */
const NOT_OF_ORDER = new Set(["no-terminal", "in-band-error", "arguments-invalid-json"]);

function isOfOrder({ rule, severity }: { readonly rule: string; readonly severity: string }): boolean {
  return severity === "error" && !NOT_OF_ORDER.has(rule);
}

/** Why the client refuses a stream; null if it does not. */
async function rejectionOf(body: string): Promise<string | null> {
  const headers = { "content-type": "text/event-stream" };
  const agent = new HttpAgent({ url: "http://any", fetch: async () => new Response(body, { headers }) });
  return readWithClient(agent).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

/** The messages of a run. What the client prints of it is thrown as well. */
async function readWithClient(agent: HttpAgent): Promise<readonly Message[]> {
  const prints = [vi.spyOn(console, "error"), vi.spyOn(console, "warn")];
  for (const print of prints) print.mockImplementation(() => {});
  try {
    await agent.runAgent();
    return agent.messages;
  } finally {
    for (const print of prints) print.mockRestore();
  }
}

function outcomeOf(messages: readonly Message[]): Outcome {
  const of = (role: string) => messages.filter((message) => message.role === role);
  const textsOf = (role: string) => of(role).map(({ content }) => (typeof content === "string" ? content : ""));
  return {
    text: textsOf("assistant").join(""),
    reasoning: textsOf("reasoning").join("\n\n"),
    calls: messages
      .flatMap((message) => (message.role === "assistant" ? (message.toolCalls ?? []) : []))
      .map(({ id, function: call }) => [id, call.name, call.arguments]),
  };
}
