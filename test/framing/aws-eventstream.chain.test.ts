// Binary frames in every kind of input: each is read as in a separate file. Cut, damaged or oversized frames are
// reported at their place.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { temporaryDirectory } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { chunkFrame, eventFrame, framesIn, withLength } from "../support/frames.ts";
import { run } from "../support/io.ts";
import { parseReport, reportOf } from "../support/read-report.ts";
import { serve } from "../support/server.ts";

const MEDIA_TYPE = "application/vnd.amazon.eventstream";
const bodies = ["converse-text", "invoke-message", "titan-frames", "agent-frames"].map((name) => ({
  name,
  bytes: Buffer.from(fixtureNamed(`aws-eventstream/${name}.bin`).bytes),
}));

/** The parts of a report that must be equal, however the frames arrived. */
function judged({ dialect, verdict, events, responses, findings }: Report): unknown {
  const said = responses.map(({ text, status, usage, items }) => ({
    text,
    status,
    usage,
    types: items.map((i) => i.type),
  }));
  return { dialect, verdict, events, said, rules: findings.map(({ rule }) => rule) };
}

/** Recording files with the frames in a body. */
const ARCHIVES: readonly { readonly kind: string; readonly of: (bytes: Buffer) => string }[] = [
  {
    kind: "a HAR file",
    of: (bytes) =>
      JSON.stringify({
        log: {
          version: "1.2",
          creator: { name: "any", version: "1" },
          entries: [
            {
              startedDateTime: "2026-11-30T08:00:00Z",
              request: { method: "POST", url: "https://bedrock.example/model/any/converse-stream", headers: [] },
              response: {
                status: 200,
                statusText: "OK",
                headers: [{ name: "Content-Type", value: MEDIA_TYPE }],
                content: {
                  size: bytes.length,
                  mimeType: MEDIA_TYPE,
                  encoding: "base64",
                  text: bytes.toString("base64"),
                },
              },
            },
          ],
        },
      }),
  },
  { kind: "a cassette of VCR in Base64", of: (bytes) => cassette(`base64_string: ${bytes.toString("base64")}`) },
  { kind: "a cassette in YAML's binary", of: (bytes) => cassette(`string: !!binary |\n${folded(bytes)}`) },
  { kind: "a cassette in Ruby's binary", of: (bytes) => cassette(`string: !binary |-\n${folded(bytes)}`) },
];

function cassette(body: string): string {
  return `http_interactions:
- request:
    method: post
    uri: https://bedrock.example/model/any/converse-stream
  response:
    status:
      code: 200
      message: OK
    headers:
      Content-Type:
      - ${MEDIA_TYPE}
    body:
      encoding: ASCII-8BIT
      ${body}
  recorded_at: Mon, 30 Nov 2026 08:00:00 GMT
recorded_with: VCR 6.2.0
`;
}

function folded(bytes: Buffer): string {
  return (bytes.toString("base64").match(/.{1,60}/g) ?? []).map((line) => `        ${line}`).join("\n");
}

describe.each(bodies)("The frames of $name", ({ bytes }) => {
  test.each(ARCHIVES)("are read in $kind", async ({ of }) => {
    expect(judged(await reportOf(of(bytes)))).toEqual(judged(await reportOf([bytes])));
  });

  test("are read from a pipe that gives a byte at a time", async () => {
    const report = await reportOf(Array.from(bytes, (byte) => Uint8Array.of(byte)));
    expect(judged(report)).toEqual(judged(await reportOf([bytes])));
  });

  test("are recorded live as a copy to share, with valid checksums and without the text", async () => {
    const { origin } = await serve({ headers: { "content-type": MEDIA_TYPE }, body: bytes });
    const path = join(temporaryDirectory(), "shared.bin");
    const { stdout } = await run([origin, "--record", path, "--redact", "--json"]);
    const copy = readFileSync(path);
    expect(copy.length).toBe(bytes.length);
    expect(framesIn(copy).every(({ isRight }) => isRight)).toBe(true);
    const original = parseReport(stdout);
    const shared = parseReport((await run([path, "--json"])).stdout);
    expect(shared).toMatchObject({
      dialect: original.dialect,
      verdict: original.verdict,
      events: original.events,
      findings: original.findings,
    });
    expect(shared.responses.map(({ text }) => text)).not.toEqual(original.responses.map(({ text }) => text));
    expect(shared.timing?.ttfbMs ?? null).not.toBeNull();
  });
});

describe("A stream of frames", () => {
  const bytes = Buffer.from(fixtureNamed("aws-eventstream/converse-text.bin").bytes);
  /** Where each frame begins, and the end. */
  const borders = [0];
  for (const { length } of framesIn(bytes)) borders.push((borders.at(-1) ?? 0) + length);
  /** The last frame reports the usage. */
  const stop = borders.at(-2) ?? 0;

  test("that is cut at any byte is truncated; after the end of the response, only a frame is cut", async () => {
    for (let length = 4; length < bytes.length; length += 1) {
      const { verdict, findings } = await reportOf([bytes.subarray(0, length)]);
      const isCutFrame = findings.some(({ rule }) => rule === "damaged-frame");
      expect({ length, verdict, isCutFrame }).toEqual({
        length,
        verdict: length < stop ? "truncated" : "completed",
        isCutFrame: !borders.includes(length),
      });
    }
  });

  test("with any wrong bit has an error at the frame with that bit", async () => {
    for (let at = 0; at < bytes.length; at += 7) {
      const wrong = Buffer.from(bytes);
      wrong[at] = (wrong[at] ?? 0) ^ 4;
      const frame = borders.findLast((border) => border <= at);
      const { findings } = await reportOf([wrong], "--framing", "aws-eventstream");
      expect({ at, findings }).toEqual({
        at,
        findings: expect.arrayContaining([expect.objectContaining({ severity: "error", offset: frame })]),
      });
    }
  });

  test("that states a length of 4 GB is refused at once or skipped, with a right or wrong checksum", async () => {
    const huge = eventFrame("contentBlockDelta", {});
    huge.writeUInt32BE(0xffff_ffff, 0);
    const input = [bytes.subarray(0, borders[2]), huge, bytes.subarray(borders[2])];
    const { findings } = await reportOf(input);
    expect(findings).toMatchObject([{ rule: "damaged-frame", offset: borders[2] }]);
    const right = await reportOf([
      bytes.subarray(0, borders[2]),
      withLength(huge, 0xffff_ffff),
      bytes.subarray(borders[2]),
    ]);
    expect(right).toMatchObject({ verdict: "truncated", exitCode: 2 });
    expect(right.error?.message).toContain("is larger than");
  });

  test("that wraps too much data is refused by the size of the frame, not of its content", async () => {
    const large = chunkFrame({ type: "content_block_delta", delta: { text: "x".repeat(5000) } });
    const report = await reportOf([large], "--max-event-size", "4k");
    expect(report.error?.message).toContain("is larger than");
  });
});
