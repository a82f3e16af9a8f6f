// The official client of Google reads the same interactions from the same server, and must come to the same.
import { GoogleGenAI } from "@google/genai";
import { describe, expect, test } from "vitest";
import { captures, named, withoutCaptures } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { payloadsOf } from "../support/plain-reading.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";

interface Answer {
  readonly text: string;
  readonly calls: readonly (string | undefined)[];
  readonly status: string | null;
  readonly totalTokens: number | null;
}

/** Text that stands elsewhere than in its deltas, and calls as they were told before May 2026. */
const DIFFERENCES: Readonly<Record<string, Partial<Answer>>> = {
  "gemini-interactions/hosted-tools.sse": { text: " 3.1 m is 6.2 m." },
  "gemini-interactions/contents.sse": { text: "", calls: [], status: null, totalTokens: null },
};

const isInteraction = ({ name }: { readonly name: string }) => name.startsWith("gemini-interactions/");
const ofFixtures = fixtures.filter(isInteraction);
const ofCaptures = captures.filter(isInteraction);

describe.each([
  { kind: "fixture", streams: ofFixtures },
  { kind: "recorded stream", streams: ofCaptures },
])("The official client and this program agree on an interaction, a $kind:", ({ streams }) => {
  test("there are some", ({ skip }) => {
    if (streams === ofCaptures) skip(...withoutCaptures);
    expect(streams.length).toBeGreaterThan(7);
  });

  test.each(named<{ readonly name: string; readonly bytes: Uint8Array }>(streams))("%s", async (name, { bytes }) => {
    const { origin } = await serveReplay(bodyOf(name, Buffer.from(bytes).toString("utf8")));
    const { stdout } = await run([`${origin}/v1beta/interactions`, "-d", "{}", "--json"]);
    const response = parseReport(stdout).responses.at(-1);
    const ours = {
      text: response?.text,
      calls: response?.items.filter(({ type }) => type === "function_call").map((item) => item.name),
      status: response?.status,
      totalTokens: response?.usage?.totalTokens ?? null,
    };
    expect(await readWithClient(origin)).toEqual({ ...ours, ...DIFFERENCES[name] });
  });
});

/** Payloads alone become a stream again. */
function bodyOf(name: string, input: string): string {
  if (name.endsWith(".sse")) return input;
  return payloadsOf(input, false)
    .map((data) => `data: ${data.trim()}\n\n`)
    .join("");
}

async function readWithClient(baseUrl: string): Promise<Answer> {
  const client = new GoogleGenAI({ apiKey: "test", httpOptions: { baseUrl } });
  let text = "";
  const calls: string[] = [];
  let status: string | null = null;
  let totalTokens: number | null = null;
  for await (const event of await client.interactions.create({ model: "any", input: "any", stream: true })) {
    if (event.event_type === "step.delta" && event.delta.type === "text") text += event.delta.text;
    if (event.event_type === "step.start" && event.step.type === "function_call") calls.push(event.step.name);
    if (event.event_type === "interaction.status_update") status = event.status;
    if (event.event_type !== "interaction.created" && event.event_type !== "interaction.completed") continue;
    status = event.interaction.status;
    totalTokens = event.interaction.usage?.total_tokens ?? null;
  }
  return { text, calls, status, totalTokens };
}
