// The official client of OpenAI reads the same transcripts, speech and images from a replay, and must come to the same.
import OpenAI from "openai";
import { expect, test } from "vitest";
import type { Usage } from "../../src/model/facts.ts";
import { named } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";

interface Outcome {
  readonly text: string;
  /** Characters of the media that came, in Base64. */
  readonly base64Length: number;
  readonly usage: readonly (number | null)[] | null;
  readonly error: string | null;
}

const streams = fixtures.filter(({ name }) => name.startsWith("openai-media/"));

test.each(named(streams))("The official client of OpenAI and this program agree: %s", async (_, { bytes }) => {
  const { origin } = await serveReplay(bytes);
  const { stdout } = await run([`${origin}/audio/transcriptions`, "-d", '{"stream":true}', "--json"]);
  const response = parseReport(stdout).responses.at(-1);
  const { text = "", items = [], usage = null, error = null } = response ?? {};
  const ours: Outcome = {
    text,
    base64Length: items.reduce((sum, item) => sum + (item.mediaBase64Length ?? 0), 0),
    usage: isCounted(usage) ? [usage.inputTokens, usage.outputTokens, usage.totalTokens] : null,
    error: error?.message ?? null,
  };
  expect(await readWithClient(origin)).toEqual(ours);
});

/** Whether tokens are reported, and not seconds. */
function isCounted(usage: Usage | null): usage is Usage {
  return typeof usage?.inputTokens === "number";
}

/** The events of transcripts, speech and images together, as far as they are read here. */
interface MediaEvent {
  readonly type: string;
  readonly delta?: string;
  readonly text?: string;
  readonly audio?: string;
  readonly b64_json?: string;
  readonly usage?: {
    readonly type?: string;
    readonly input_tokens?: number;
    readonly output_tokens?: number;
    readonly total_tokens?: number;
  };
}

/** Events of all three are read by one decoder of the client. */
async function readWithClient(baseURL: string): Promise<Outcome> {
  const client = new OpenAI({ apiKey: "test", baseURL, maxRetries: 0, logLevel: "off" });
  const file = new File(["any"], "any.wav");
  let text = "";
  let base64Length = 0;
  let usage: Outcome["usage"] = null;
  const read = (event: MediaEvent): void => {
    if (event.type === "transcript.text.delta") text += event.delta ?? "";
    if (event.type === "transcript.text.done") text = event.text ?? "";
    base64Length += (event.audio ?? event.b64_json ?? "").length;
    const { input_tokens: input, output_tokens: output = null, total_tokens: total = null } = event.usage ?? {};
    if (input !== undefined) usage = [input, output, total];
  };
  try {
    const events = await client.audio.transcriptions.create({ file, model: "gpt-4o-transcribe", stream: true });
    for await (const event of events) read(event);
    return { text, base64Length, usage, error: null };
  } catch (error) {
    return { text, base64Length, usage, error: error instanceof Error ? error.message : String(error) };
  }
}
