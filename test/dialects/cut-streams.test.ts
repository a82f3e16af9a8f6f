// A stream of any dialect, cut before the event that ends its response, is truncated and still of that dialect.
import { describe, expect, test } from "vitest";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { allDialects } from "../../src/dialects/all-dialects.ts";
import { named } from "../support/captures.ts";
import { tried } from "../support/exhaustive.ts";
import { chosenFixtures, type Fixture } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { streamsOf } from "../support/streams-of.ts";

/** Their first events do not identify their dialect. */
const OTHERS: ReadonlySet<string> = new Set([
  "anthropic/unknown-events-and-fields.sse",
  "mcp/ping-text.sse",
  "mcp/primed.sse",
  // Lines of a program come first; after them, detection needs two lines of JSON.
  "codex/behind-warnings.ndjson",
]);

/** They report an error and recover from it: a stream cut after the error has failed, as far as is known. */
const FAILED_IF_CUT: ReadonlySet<string> = new Set(["codex/retried.ndjson", "openai-realtime/error-recovered.ndjson"]);

const known: readonly Dialect[] = allDialects().filter(({ isKnown }) => isKnown);
/** Bare streams; in other files, an event is at another place. */
const STREAM = /\.(?:sse|ndjson|txt)$/;
const WHOLE: ReadonlySet<string> = new Set(["completed", "incomplete", "refused"]);

async function judge(bytes: Uint8Array): Promise<{ dialect: string | null; verdict: string }> {
  const { dialect, verdict } = parseReport((await run(["--json", "-"], { stdin: [bytes] })).stdout);
  return { dialect, verdict };
}

/** Maximum cuts per stream, because a long stream has similar events. */
const MOST_CUTS = 60;

/** The cuts for each event up to the one that ends the response: before it, and within it. */
async function cutsOf({ name, bytes }: Fixture): Promise<number[]> {
  const [stream] = await streamsOf(name, bytes);
  const readings = stream?.readings ?? [];
  const end = readings.findIndex(({ facts }) => facts.some(({ type }) => type === "response-end"));
  const cuts = readings.slice(1, end + 1).flatMap(({ event: { offset, length } }) => [offset, offset + (length >> 1)]);
  const step = Math.ceil(cuts.length / tried(11, MOST_CUTS));
  return cuts.filter((_, place) => place % step === 0 || place === cuts.length - 1);
}

describe.each(known)("$name", ({ name: dialect }) => {
  const streams = chosenFixtures.filter(
    ({ name }) => name.startsWith(`${dialect}/`) && STREAM.test(name) && !OTHERS.has(name),
  );

  test.each(named(streams))("is truncated if it is cut anywhere before its end: %s", async (_, fixture) => {
    const { verdict } = await judge(fixture.bytes);
    if (!WHOLE.has(verdict)) return;
    const wrong: string[] = [];
    for (const length of await cutsOf(fixture)) {
      const found = await judge(fixture.bytes.subarray(0, length));
      const isFailed = found.verdict === "failed" && FAILED_IF_CUT.has(fixture.name);
      if ((found.verdict !== "truncated" && !isFailed) || found.dialect !== dialect) {
        wrong.push(`the first ${length} bytes are ${found.verdict}, ${found.dialect}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
