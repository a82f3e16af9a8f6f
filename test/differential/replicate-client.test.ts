// The official client of Replicate reads the same predictions from a replay, and must come to the same.
import Replicate from "replicate";
import { expect, test } from "vitest";
import { named } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { serveReplay } from "../support/replay.ts";

/** What is read of a prediction. */
interface Outcome {
  readonly text: string;
  /** The reason that the last event states; null if there was no last event, or no reason. */
  readonly reason: string | null;
  readonly error: string | null;
}

const streams = fixtures.filter(({ name }) => name.startsWith("replicate/"));

/** The client stops at an error, and does not see the reason behind it. It gives files as text. */
const DIFFERENCES: Readonly<Record<string, Partial<Outcome>>> = {
  "replicate/error-alone.sse": { reason: null },
  "replicate/error.sse": { reason: null },
};
/** Bytes of an image, which are not text. */
const FILE = /^data:image\//;

test.each(named(streams))("The official client of Replicate and this program agree: %s", async (name, { bytes }) => {
  const { origin } = await serveReplay(bytes);
  const { stdout } = await run([`${origin}/stream`, "--json"]);
  // The client reads one prediction.
  const [response] = parseReport(stdout).responses;
  const ours: Outcome = {
    text: response?.text ?? "",
    reason: response?.status ?? null,
    error: response?.error?.message ?? null,
  };
  expect(await readWithClient(origin)).toEqual({ ...ours, ...DIFFERENCES[name] });
});

async function readWithClient(origin: string): Promise<Outcome> {
  const prediction = JSON.stringify({ urls: { stream: `${origin}/stream` } });
  const client = new Replicate({
    auth: "any",
    // A prediction is created before it is read.
    fetch: (input, init) =>
      new Request(input).url.endsWith("/predictions")
        ? Promise.resolve(new Response(prediction, { headers: { "content-type": "application/json" } }))
        : fetch(input, init),
  });
  let text = "";
  let reason: string | null = null;
  try {
    for await (const { event, data } of client.stream("any/model", { input: {} })) {
      if (event === "output" && !FILE.test(data)) text += data;
      if (event === "done") ({ reason = null } = JSON.parse(data));
    }
  } catch (error) {
    const { detail }: { detail: string } = JSON.parse(error instanceof Error ? error.message : "{}");
    return { text, reason, error: detail };
  }
  return { text, reason, error: null };
}
