// A stream of any dialect that is cut before the event that ends its response is truncated, and of the same dialect.
import { describe, expect, test } from "vitest";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { allDialects } from "../../src/dialects/all-dialects.ts";
import { named } from "../support/captures.ts";
import { tried } from "../support/exhaustive.ts";
import { chosenFixtures, type Fixture } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import { streamsOf } from "../support/streams-of.ts";

/** What comes first in them says nothing of their dialect. */
const OTHERS: ReadonlySet<string> = new Set([
  "anthropic/unknown-events-and-fields.sse",
  "mcp/ping-text.sse",
  "mcp/primed.sse",
  // Lines of a program's own: behind them two lines of JSON are needed.
  "codex/behind-warnings.ndjson",
]);

/** They report an error that they come through: a stream that is cut behind it has failed, for all that is known. */
const FAILED_IF_CUT: ReadonlySet<string> = new Set(["codex/retried.ndjson", "openai-realtime/error-recovered.ndjson"]);

const known: readonly Dialect[] = allDialects().filter(({ isKnown }) => isKnown);
/** Bare streams: of others, an event stands elsewhere in the file. */
const STREAM = /\.(?:sse|ndjson|txt)$/;
const WHOLE: ReadonlySet<string> = new Set(["completed", "incomplete", "refused"]);

async function judge(bytes: Uint8Array): Promise<{ dialect: string | null; verdict: string }> {
  const { dialect, verdict } = parseReport((await run(["--json", "-"], { stdin: [bytes] })).stdout);
  return { dialect, verdict };
}

/** Cuts of a stream that are tried: of a long one, its events are alike. */
const MOST_CUTS = 60;

/** Where each event up to the one that ends the response is cut: before it, and within it. */
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
