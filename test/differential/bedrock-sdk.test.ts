// The official clients of Amazon Bedrock read the same frames from a replay, and must come to the same.
import {
  BedrockAgentRuntimeClient,
  InvokeAgentCommand,
  RetrieveAndGenerateStreamCommand,
} from "@aws-sdk/client-bedrock-agent-runtime";
import {
  BedrockRuntimeClient,
  ConverseStreamCommand,
  type ConverseStreamOutput,
  InvokeModelWithResponseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { framesOfChunks, framesOfMembers } from "../support/bedrock-frames.ts";
import { named } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport, reportOf } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** What is read of a stream, up to where it fails. */
interface Outcome {
  readonly text: string;
  readonly reasoning: string;
  /** Id, name and input of each call. */
  readonly calls: readonly (readonly (string | null)[])[];
  /** Input with all that is cached, read from the cache, output. */
  readonly usage: readonly (number | null)[] | null;
  /** The error that the stream reports. */
  readonly error: string | null;
}

interface Stream {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Damage at which the clients stop; this program says so and reads on. */
const TRUNCATED = "Truncated event message received";
const PRELUDE_CHECKSUM = "The prelude checksum specified in the message";
const DAMAGED: Readonly<Record<string, string>> = {
  "aws-eventstream/cut-in-checksum.bin": TRUNCATED,
  "aws-eventstream/cut-in-first-frame.bin": TRUNCATED,
  "aws-eventstream/cut-in-payload.bin": TRUNCATED,
  "aws-eventstream/cut-in-prelude.bin": TRUNCATED,
  "aws-eventstream/json-between-frames.bin": TRUNCATED,
  "aws-eventstream/wrong-checksum.bin": "The message checksum",
  "aws-eventstream/wrong-length.bin": PRELUDE_CHECKSUM,
  "aws-eventstream/wrong-prelude-checksum.bin": PRELUDE_CHECKSUM,
};

/** Models whose own events are those of conversations. */
const CONVERSATIONS_OF_MODELS = new Set([
  "aws-eventstream/invoke-nova.bin",
  "aws-eventstream/invoke-nova-tool-call.bin",
  "aws-eventstream/invoke-nova-too-long.bin",
]);

/** What the clients come to besides: of an exception they read `message` alone. */
const DIFFERENCES: Readonly<Record<string, Partial<Outcome>>> = {
  "aws-eventstream/converse-original-message.bin": { error: "Unknown" },
};

/** Frames within something else: the sizes of chunks. */
const WRAPPED = new Set(["aws-eventstream/chunked.bin"]);

const streams = fixtures.flatMap(asStream);
const whole = streams.filter(({ name }) => DAMAGED[name] === undefined);
const damaged = streams.filter(({ name }) => DAMAGED[name] !== undefined);

describe("The official clients of Amazon Bedrock", () => {
  test("refuse the streams that are said to be damaged", () => {
    expect(damaged.map(({ name }) => name)).toEqual(Object.keys(DAMAGED));
    expect(whole.length).toBeGreaterThan(3 * damaged.length);
  });

  test.each(named(whole))("come to the same as this program: %s", async (name, { bytes }) => {
    const { report, origin } = await read(bytes);
    const theirs = await (CONVERSATIONS_OF_MODELS.has(name) ? readModel(origin) : readWithClient(report, origin));
    expect(theirs).toEqual({ ...outcomeOf(report), ...DIFFERENCES[name] });
  });

  test.each(named(damaged))("refuse what this program finds damaged: %s", async (name, { bytes }) => {
    const { report, origin } = await read(bytes);
    expect((await readWithClient(report, origin)).error).toContain(DAMAGED[name]);
    expect(report.verdict === "truncated" || report.findings.some(({ severity }) => severity === "error")).toBe(true);
  });
});

/** A fixture as frames; none for what is not one. */
function asStream({ name, bytes }: Stream): Stream[] {
  if (WRAPPED.has(name)) return [];
  if (/^aws-eventstream\/.*\.bin$/.test(name)) return [{ name, bytes }];
  if (/^bedrock(?:-agent)?\/.*\.ndjson$/.test(name)) return [{ name, bytes: framesOfMembers(bytes) }];
  if (/^bedrock-(?:llama|mistral|titan)\/.*\.ndjson$/.test(name)) return [{ name, bytes: framesOfChunks(bytes) }];
  return [];
}

/** What this program says of it, and where a client can read it. */
async function read(bytes: Uint8Array): Promise<{ readonly report: Report; readonly origin: string }> {
  const { origin } = await serveReplay(bytes);
  const { stdout } = await run([`${origin}/model/any`, "-d", "{}", "--json"]);
  return { report: parseReport(stdout), origin };
}

function outcomeOf({ responses, error }: Report): Outcome {
  const response = responses.at(-1);
  const { text = "", reasoning = "", items = [], usage = null } = response ?? {};
  return {
    text,
    reasoning,
    calls: items
      .filter(({ type }) => /tool_use$|^return_control$/.test(type))
      .map(({ callId, name, arguments: input }) => [callId ?? null, name ?? null, input ?? ""]),
    usage: usage === null ? null : [usage.inputTokens, usage.cachedInputTokens, usage.outputTokens],
    error: (response?.error ?? error)?.message ?? null,
  };
}

function settings(endpoint: string) {
  return {
    region: "eu-central-1",
    endpoint,
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  };
}

/** The client that the dialect's streams are for. */
function readWithClient({ dialect, eventTypes }: Report, origin: string): Promise<Outcome> {
  if (dialect === "bedrock") return readConversation(origin);
  if (dialect === "bedrock-agent") return readAgent(origin, "output" in eventTypes);
  return readModel(origin);
}

const NOTHING: Outcome = { text: "", reasoning: "", calls: [], usage: null, error: null };

async function readConversation(origin: string): Promise<Outcome> {
  const client = new BedrockRuntimeClient(settings(origin));
  const command = new ConverseStreamCommand({ modelId: "any", messages: [] });
  const stream = client.send(command).then((output) => output.stream);
  let outcome = NOTHING;
  const calls = new Map<number | undefined, (string | null)[]>();
  const error = await errorOf(stream, (event: ConverseStreamOutput) => {
    const { contentBlockStart: start, contentBlockDelta: delta } = event;
    if (start?.start?.toolUse !== undefined) {
      const { toolUseId = null, name = null } = start.start.toolUse;
      calls.set(start.contentBlockIndex, [toolUseId, name, ""]);
    }
    const { text = "", toolUse, reasoningContent } = delta?.delta ?? {};
    const call = calls.get(delta?.contentBlockIndex);
    if (call !== undefined) call[2] += toolUse?.input ?? "";
    outcome = {
      ...outcome,
      text: outcome.text + text,
      reasoning: outcome.reasoning + (reasoningContent?.text ?? ""),
    };
    const usage = event.metadata?.usage;
    if (usage === undefined) return;
    const { inputTokens = 0, cacheReadInputTokens: cached, cacheWriteInputTokens: written = 0 } = usage;
    outcome = {
      ...outcome,
      usage: [inputTokens + (cached ?? 0) + written, cached ?? null, usage.outputTokens ?? null],
    };
  });
  return { ...outcome, calls: [...calls.values()], error };
}

/** The payloads that the client decodes are read by this program once more, without frames. */
async function readModel(origin: string): Promise<Outcome> {
  const client = new BedrockRuntimeClient(settings(origin));
  const command = new InvokeModelWithResponseStreamCommand({ modelId: "any", body: "{}" });
  const body = client.send(command).then((output) => output.body);
  const lines: string[] = [];
  const error = await errorOf(body, (event) => {
    if (event.chunk?.bytes !== undefined) lines.push(`${Buffer.from(event.chunk.bytes).toString("utf8")}\n`);
  });
  if (lines.length === 0) return { ...NOTHING, error };
  const outcome = outcomeOf(await reportOf(lines.join("")));
  return { ...outcome, error: error ?? outcome.error };
}

async function readAgent(origin: string, isRetrieval: boolean): Promise<Outcome> {
  const client = new BedrockAgentRuntimeClient(settings(origin));
  let text = "";
  if (isRetrieval) {
    const command = new RetrieveAndGenerateStreamCommand({ input: { text: "any" } });
    const stream = client.send(command).then((output) => output.stream);
    const error = await errorOf(stream, (event) => {
      text += event.output?.text ?? "";
    });
    return { ...NOTHING, text, error };
  }
  const command = new InvokeAgentCommand({ agentId: "any", agentAliasId: "any", sessionId: "any", inputText: "any" });
  let reasoning = "";
  let failure: string | null = null;
  let calls: Outcome["calls"] = [];
  const completion = client.send(command).then((output) => output.completion);
  const error = await errorOf(completion, (event) => {
    text += Buffer.from(event.chunk?.bytes ?? []).toString("utf8");
    const { orchestrationTrace, failureTrace } = event.trace?.trace ?? {};
    reasoning += orchestrationTrace?.rationale?.text ?? "";
    failure = failureTrace?.failureReason ?? failure;
    const { invocationId = null, invocationInputs = [] } = event.returnControl ?? {};
    calls = calls.concat(
      invocationInputs.map(({ functionInvocationInput: input }) => [
        invocationId,
        input?.function ?? null,
        JSON.stringify(input?.parameters),
      ]),
    );
  });
  return { ...NOTHING, text, reasoning, calls, error: error ?? failure };
}

/** Visits all events; gives what the client throws at one. */
async function errorOf<Event>(
  events: Promise<AsyncIterable<Event> | undefined>,
  visit: (event: Event) => void,
): Promise<string | null> {
  try {
    for await (const event of (await events) ?? []) visit(event);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
