import { describe, expect, test } from "vitest";
import { captures, named, withoutCaptures } from "../../support/captures.ts";
import { chunkings } from "../../support/chunkings.ts";
import { chosenFixtures, fixtureNamed, fixtures } from "../../support/fixtures.ts";
import { reportOfBytes, withoutFindings, withoutWords } from "./support/judged.ts";
import { redact } from "./support/redact.ts";
import { wordsLeft, wordsSaid } from "./support/words.ts";

/** Bare streams, and what came in place of one. */
const STREAM = /^(?!chunked\/|lambda\/|har\/|cassette\/|archives\/|log\/|curl\/).*\.(?:sse|ndjson|json|bin)$/;

/** Of a capture that is cut. */
const KEPT_SHARE = 0.63;

/** What cannot be found in the copy. */
const LOST_FINDINGS: Readonly<Record<string, readonly string[]>> = {
  // The text that the deltas make is as long as the one that is said at the end, and differs in letters alone.
  "broken/sequence-gap-and-repeat.sse": ["delta-mismatch"],
};

/** What is an error by keys or words that are replaced in the copy: it is none there. */
const LOST_ERRORS: ReadonlySet<string> = new Set([
  // JSON over several lines, none of which is an event.
  "broken/json-error-behind-events.sse",
]);

/** Events that are wrapped in bytes which are not in Base64, and sizes of chunks around frames: redaction refuses them. */
const REFUSED = new Set(["aws-eventstream/decoded-bytes-as-numbers.ndjson", "aws-eventstream/chunked.bin"]);

/** What a call is of stands in a text that is replaced: Coze's calls are JSON in the content of a message. */
const LOST_CALLS: ReadonlySet<string> = new Set(["coze/tool-call.sse"]);

const streams = fixtures.filter(
  ({ name }) => STREAM.test(name) && !LOST_ERRORS.has(name) && !LOST_CALLS.has(name) && !REFUSED.has(name),
);
const chosenStreams = streams.filter((fixture) => chosenFixtures.includes(fixture));

const kinds = [
  { kind: "fixture", all: streams, chosen: chosenStreams, chunkings: chunkings.slice(1, 4) },
  { kind: "recorded stream", all: captures, chosen: captures, chunkings: chunkings.slice(3, 4) },
];

describe.each(kinds.filter(({ all }) => all.length > 0))("Of a $kind, the copy", ({ all, chosen, chunkings }) => {
  test.each(named([...all]))(
    "is judged as the original, and holds no word that was said: %s",
    async (name, { bytes }) => {
      const copy = redact([bytes]);
      expect(copy.length).toBe(bytes.length);
      const lost = LOST_FINDINGS[name] ?? [];
      const original = await reportOfBytes(bytes);
      expect(original.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...lost]));
      expect(withoutWords(await reportOfBytes(copy))).toEqual(withoutWords(withoutFindings(original, lost)));
      const left = new Set(wordsLeft(copy));
      expect(wordsSaid(original).filter((word) => left.has(word))).toEqual([]);
    },
  );

  test.each(named([...chosen]))("is judged as the original, where that is cut: %s", async (name, { bytes }) => {
    const cut = bytes.subarray(0, Math.floor(bytes.length * KEPT_SHARE));
    const lost = LOST_FINDINGS[name] ?? [];
    const original = withoutFindings(await reportOfBytes(cut), lost);
    expect(withoutWords(await reportOfBytes(redact([cut])))).toEqual(withoutWords(original));
  });

  test.each(named([...chosen]))("is the same, however it is cut: %s", (_, { bytes }) => {
    const whole = redact([bytes]);
    for (const { cut } of chunkings) expect(redact(cut(bytes)).equals(whole)).toBe(true);
  });
});

test.each([...LOST_ERRORS])("The copy does not show that the original failed: %s", async (name) => {
  const { bytes } = fixtureNamed(name);
  expect((await reportOfBytes(bytes)).verdict).toBe("failed");
  expect((await reportOfBytes(redact([bytes]))).verdict).not.toBe("failed");
});

test("The recorded streams are there to be redacted.", ({ skip }) => {
  skip(...withoutCaptures);
  expect(captures.length).toBeGreaterThan(100);
});
