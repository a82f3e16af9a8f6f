// The official client of OpenAI reads the same run from the same server, and must come to the same.
import OpenAI from "openai";
import type { Message } from "openai/resources/beta/threads/messages";
import type { RunStep } from "openai/resources/beta/threads/runs/steps";
import { expect, test } from "vitest";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";

/** What a client says of the last run of a stream. */
interface Outcome {
  readonly status: string | null;
  readonly text: string;
  /** Id, name, and what is to be run, of each call. */
  readonly calls: readonly (readonly (string | null)[])[];
  /** Input, output, total. */
  readonly usage: readonly (number | null)[] | null;
}

/** Streams that the client refuses: a part of its message. */
const REJECTED: Readonly<Record<string, string>> = {
  "cut.sse": "Final run has not been received",
  "error.sse": "The server had an error.",
  "resumed.sse": "Received a delta with no existing snapshot",
};

/** What it comes to besides: it reads one run, and adds the messages of all up. */
const DIFFERENCES: Readonly<Record<string, Partial<Outcome>>> = {
  "merged-without-end.sse": { text: "The ebbFlood." },
};

const FOLDER = "openai-assistants/";
const streams = fixtures
  .filter(({ name }) => name.startsWith(FOLDER) && name.endsWith(".sse"))
  .map(({ name, bytes }) => ({ name: name.slice(FOLDER.length), bytes }));

test("The streams that the client refuses are among those that it reads", () => {
  expect(streams.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(REJECTED)));
  expect(streams.length).toBeGreaterThan(2 * Object.keys(REJECTED).length);
});

test.each(streams)("The official client and this program agree on a run: $name", async ({ name, bytes }) => {
  const { origin } = await serveReplay(bytes);
  const { stdout } = await run([`${origin}/threads/any/runs`, "-d", '{"stream":true}', "--json"]);
  const response = parseReport(stdout).responses.at(-1);
  if (response === undefined) throw new Error("no response was read");
  const { status, text, items, usage } = response;
  const ours: Outcome = {
    status,
    text,
    calls: items
      .filter(({ type }) => type.endsWith("call"))
      .map((item) => [item.callId ?? null, item.name ?? null, item.arguments ?? item.code ?? null]),
    usage: usage === null ? null : [usage.inputTokens, usage.outputTokens, usage.totalTokens],
  };

  const client = new OpenAI({ apiKey: "test", baseURL: origin, maxRetries: 0, logLevel: "off" });
  const rejection = REJECTED[name];
  const expected = rejection === undefined ? { ...ours, ...DIFFERENCES[name] } : rejectedWith(rejection);
  expect(await readRun(client).catch(asRejection)).toEqual(expected);
});

async function readRun(client: OpenAI): Promise<Outcome> {
  const stream = client.beta.threads.runs.stream("any", { assistant_id: "any" });
  const { status, usage } = await stream.finalRun();
  const steps = await stream.finalRunSteps();
  return {
    status,
    text: (await stream.finalMessages()).map(textOf).join(""),
    calls: steps.flatMap(callsOf),
    usage: usage === null ? null : [usage.prompt_tokens, usage.completion_tokens, usage.total_tokens],
  };
}

function textOf({ content }: Message): string {
  return content.map((part) => (part.type === "text" ? part.text.value : "")).join("");
}

function callsOf({ step_details: details }: RunStep): Outcome["calls"] {
  if (details.type !== "tool_calls") return [];
  return details.tool_calls.map((call) => {
    if (call.type === "function") return [call.id, call.function.name, call.function.arguments];
    return [call.id, null, call.type === "code_interpreter" ? call.code_interpreter.input : null];
  });
}

function asRejection(error: unknown): { readonly rejected: string } {
  return { rejected: error instanceof Error ? error.message : String(error) };
}

function rejectedWith(message: string): object {
  return { rejected: expect.stringContaining(message) };
}
