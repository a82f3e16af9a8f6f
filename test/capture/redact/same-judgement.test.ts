import { describe, expect, test } from "vitest";
import { captures, named, withoutCaptures } from "../../support/captures.ts";
import { chunkings } from "../../support/chunkings.ts";
import { chosenFixtures, fixtureNamed, fixtures } from "../../support/fixtures.ts";
import { reportOfBytes, withoutFindings, withoutWords } from "./support/judged.ts";
import { redact } from "./support/redact.ts";
import { wordsLeft, wordsSaid } from "./support/words.ts";

/** Plain streams, and documents sent in place of one. */
const STREAM =
  /^(?!chunked\/|lambda\/|har\/|records\/|cassette\/|archives\/|log\/|curl\/).*\.(?:sse|ndjson|json|bin)$|^ai-sdk-data\/.*\.txt$/;

/** The share of a capture that is kept when it is cut. */
const KEPT_SHARE = 0.63;

/** Findings that the copy loses. */
const LOST_FINDINGS: Readonly<Record<string, readonly string[]>> = {
  // The joined deltas are as long as the final text, and differ only in letters.
  "broken/sequence-gap-and-repeat.sse": ["delta-mismatch"],
};

/** Errors recognized by keys or words that the copy replaces: the copy does not have them. */
const LOST_ERRORS: ReadonlySet<string> = new Set([
  // JSON over several lines, none of which is an event.
  "broken/json-error-behind-events.sse",
  // `data.status`: all data of an unknown protocol is replaced.
  "generic/run-failed.sse",
]);

/** Events wrapped in bytes that are not Base64, and chunk sizes around frames: redaction refuses them. */
const REFUSED = new Set(["aws-eventstream/decoded-bytes-as-numbers.ndjson", "aws-eventstream/chunked.bin"]);

/** Fixtures in which the data that assigns texts is replaced in the copy. */
const LOST_TEXTS: ReadonlySet<string> = new Set([
  // Coze's calls are JSON in the content of a message.
  "coze/tool-call.sse",
  // The key of a node's update is the node's name, which the application chose.
  "langgraph/updates.sse",
  // The path of a JSON patch.
  "langgraph/langserve-log.sse",
  // Its event types name a node; the test below checks what stays.
  "langgraph/subgraph.sse",
]);

const streams = fixtures.filter(
  ({ name }) => STREAM.test(name) && !LOST_ERRORS.has(name) && !LOST_TEXTS.has(name) && !REFUSED.has(name),
);
const chosenStreams = streams.filter((fixture) => chosenFixtures.includes(fixture));

const kinds = [
  { kind: "fixture", all: streams, chosen: chosenStreams, chunkings: chunkings.slice(1, 4) },
  { kind: "recorded stream", all: captures, chosen: captures, chunkings: chunkings.slice(3, 4) },
];

describe.each(kinds.filter(({ all }) => all.length > 0))("Of a $kind, the copy", ({ all, chosen, chunkings }) => {
  test.each(named([...all]))(
    "gets the same report as the original, and contains none of its words: %s",
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

  test.each(named([...chosen]))("gets the same report as the original if both are cut: %s", async (name, { bytes }) => {
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

test.each([...LOST_ERRORS])("The copy loses the failure of the original: %s", async (name) => {
  const { bytes } = fixtureNamed(name);
  expect((await reportOfBytes(bytes)).verdict).toBe("failed");
  expect((await reportOfBytes(redact([bytes]))).verdict).not.toBe("failed");
});

test("The copy of a subgraph's stream has other event types, and the same verdict and findings.", async () => {
  const { bytes } = fixtureNamed("langgraph/subgraph.sse");
  const original = await reportOfBytes(bytes);
  const copy = redact([bytes]);
  const { verdict, findings, responses } = await reportOfBytes(copy);
  expect({ verdict, findings }).toEqual({ verdict: original.verdict, findings: original.findings });
  expect(responses[0]?.text).toHaveLength(original.responses[0]?.text.length ?? 0);
  expect(copy.toString()).toMatch(/^event: messages\|(?!agent:)/m);
});

test("The recorded streams are available for redaction.", ({ skip }) => {
  skip(...withoutCaptures);
  expect(captures.length).toBeGreaterThan(100);
});
