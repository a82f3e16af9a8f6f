// The official client of Cohere reads the same streams of both versions of the API, and must come to the same.
import { CohereClient } from "cohere-ai";
import { describe, expect, test } from "vitest";
import { named } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";

/** What is read of the last response of a stream. */
interface Outcome {
  readonly text: string;
  readonly plan: string;
  /** Name and arguments of each call. */
  readonly calls: readonly (readonly (string | undefined)[])[];
  readonly status: string | null;
  /** Input and output. */
  readonly usage: readonly (number | null)[] | null;
}

/** Streams that the client refuses: a part of its message. */
const REJECTED: Readonly<Record<string, string>> = {
  // An error that a gateway reports, without a type.
  "cohere/error-event.sse": 'Missing discriminant ("type")',
};

const streamsOf = (folder: string, ending: string) =>
  fixtures.filter(({ name }) => name.startsWith(folder) && name.endsWith(ending));

/** Streams of version 1 that are not of its chat: `co.generate` has no end of the same kind. */
const NOT_CHAT = new Set([
  "cohere-v1/generate.ndjson",
  "cohere-v1/generate-error.ndjson",
  "cohere-v1/bedrock-generations.ndjson",
]);
const ofVersion1 = streamsOf("cohere-v1/", ".ndjson").filter(({ name }) => !NOT_CHAT.has(name));
const ofVersion2 = streamsOf("cohere/", ".sse").filter(({ name }) => REJECTED[name] === undefined);
const refused = streamsOf("cohere/", ".sse").filter(({ name }) => REJECTED[name] !== undefined);

/** What the client comes to besides: it stops at the first `[DONE]`. */
const DIFFERENCES: Readonly<Record<string, Partial<Outcome>>> = {
  "cohere/two-messages.sse": { text: "Neaps.", status: "COMPLETE" },
};

describe("The official client of Cohere and this program agree", () => {
  test.each(named(ofVersion1))("on version 1: %s", async (_, { bytes }) => {
    const { origin } = await serveReplay(bytes);
    expect(await readVersion1(clientOf(origin))).toEqual(await readOurs(origin));
  });

  test.each(named(ofVersion2))("on version 2: %s", async (name, { bytes }) => {
    const { origin } = await serveReplay(bytes);
    expect(await readVersion2(clientOf(origin))).toEqual({ ...(await readOurs(origin)), ...DIFFERENCES[name] });
  });

  test.each(named(refused))("on version 2 that something is wrong: %s", async (name, { bytes }) => {
    const { origin } = await serveReplay(bytes);
    await expect(readVersion2(clientOf(origin))).rejects.toThrow(REJECTED[name]);
    const { stdout } = await run([`${origin}/v2/chat`, "--json"]);
    expect(parseReport(stdout).verdict).toBe("failed");
  });
});

function clientOf(environment: string): CohereClient {
  return new CohereClient({ token: "any", environment, maxRetries: 0 });
}

async function readOurs(origin: string): Promise<Outcome> {
  const { stdout } = await run([`${origin}/v1/chat`, "-d", '{"stream":true}', "--json"]);
  const {
    text = "",
    reasoning = "",
    status = null,
    usage = null,
    items = [],
  } = parseReport(stdout).responses.at(-1) ?? {};
  return {
    text,
    plan: reasoning,
    calls: items.filter(({ type }) => type.endsWith("call")).map((item) => [item.name, item.arguments ?? ""]),
    status,
    usage: typeof usage?.inputTokens === "number" ? [usage.inputTokens, usage.outputTokens] : null,
  };
}

interface Counts {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

/** The events of version 1, as far as they are read here. */
interface Event1 {
  readonly eventType: string;
  readonly text?: string;
  readonly toolCallDelta?: { readonly index?: number; readonly name?: string; readonly parameters?: string };
  readonly finishReason?: string;
  readonly response?: { readonly finishReason?: string; readonly meta?: { readonly tokens?: Counts } };
}

async function readVersion1(client: CohereClient): Promise<Outcome> {
  let text = "";
  let plan = "";
  let status: string | null = null;
  let usage: Outcome["usage"] = null;
  const calls = new Map<number, [name: string | undefined, input: string]>();
  const read = (event: Event1): void => {
    if (event.eventType === "text-generation") text += event.text ?? "";
    if (event.eventType === "tool-calls-chunk") plan += event.text ?? "";
    const { index, name, parameters = "" } = event.toolCallDelta ?? {};
    if (index !== undefined) {
      const call = calls.get(index) ?? [name, ""];
      calls.set(index, [call[0], call[1] + parameters]);
    }
    if (event.eventType !== "stream-end") return;
    status = event.response?.finishReason ?? event.finishReason ?? null;
    usage = countsOf(event.response?.meta?.tokens);
  };
  for await (const event of await client.chatStream({ message: "any" })) read(event);
  return { text, plan, calls: [...calls.values()], status, usage };
}

/** The events of version 2, as far as they are read here. */
interface Event2 {
  readonly type: string;
  readonly index?: number;
  readonly delta?: {
    readonly finishReason?: string;
    readonly usage?: { readonly tokens?: Counts };
    readonly message?: {
      readonly content?: { readonly text?: string; readonly thinking?: string };
      readonly role?: unknown;
      readonly citations?: unknown;
      readonly toolPlan?: string;
      readonly toolCalls?: { readonly function?: { readonly name?: string; readonly arguments?: string } };
    };
  };
}

async function readVersion2(client: CohereClient): Promise<Outcome> {
  let text = "";
  let plan = "";
  let status: string | null = null;
  let usage: Outcome["usage"] = null;
  const calls = new Map<number | undefined, [name: string | undefined, input: string]>();
  const read = ({ type, index, delta }: Event2): void => {
    const { content, toolPlan, toolCalls } = delta?.message ?? {};
    if (type === "content-delta") text += content?.text ?? "";
    if (type === "content-delta") plan += content?.thinking ?? "";
    if (type === "tool-plan-delta") plan += toolPlan ?? "";
    const { name, arguments: input = "" } = toolCalls?.function ?? {};
    if (type === "tool-call-start") calls.set(index, [name, input]);
    const call = calls.get(index);
    if (type === "tool-call-delta" && call !== undefined) call[1] += input;
    if (type !== "message-end") return;
    status = delta?.finishReason ?? null;
    usage = countsOf(delta?.usage?.tokens);
  };
  for await (const event of await client.v2.chatStream({ model: "any", messages: [] })) read(event);
  return { text, plan, calls: [...calls.values()], status, usage };
}

function countsOf({ inputTokens, outputTokens }: Counts = {}): Outcome["usage"] {
  return inputTokens === undefined ? null : [inputTokens, outputTokens ?? null];
}
