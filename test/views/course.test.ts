import { describe, expect, test } from "vitest";
import { header, timedCapture } from "../capture/support/timed-capture.ts";
import { run } from "../support/io.ts";
import { created, stream, textDelta } from "../support/stream.ts";

/** A recording that stopped 12 seconds after its last event. */
function hung(): string {
  const bytes = Buffer.from(stream(created(), textDelta("hey")));
  const end = { end: "interrupted", ms: 12_500, heldBackMs: 0, error: null };
  return timedCapture(bytes, header, { offset: 0, length: bytes.length, ms: 500 }, end);
}

describe("an unfinished stream has the same verdict and the same words for its end", () => {
  const end = "hung: recording interrupted, no data for 12.0 s after event 1 (line 4)";

  test.each([
    ["the summary", [], `✗ truncated  ${end}`],
    ["check", ["check", "--reporter", "human"], `truncated  ${end}`],
    ["a line per request", ["check", "--reporter", "exchanges"], `truncated, first token 500 ms, ${end}`],
    ["the HTML report", ["check", "--reporter", "html"], `"course":"${end}"`],
  ])("in %s", async (_, argv, words) => {
    const { stdout, stderr } = await run([...argv, hung()]);
    expect(stdout + stderr).toContain(words);
  });
});
