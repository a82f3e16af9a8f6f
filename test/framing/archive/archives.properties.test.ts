// Whatever stands in a recording, it is read, or refused with words for the user: nothing else is thrown.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { cassette } from "../../../src/framing/archive/recorders/cassette.ts";
import { har } from "../../../src/framing/archive/har/har.ts";
import { recorders } from "../../../src/framing/archive/recorders/index.ts";
import { asObject } from "../../../src/model/payload.ts";
import { fixtures } from "../../support/fixtures.ts";
import { answer } from "../../support/stream.ts";
import { isReadOrRefused } from "../support/read-streams.ts";

const TEXT = answer("hey");

test("a HAR file with values of any type, anywhere, is read or refused", async () => {
  const anything = fc.jsonValue();
  const sometimes = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 3, arbitrary }, anything);
  const header = fc.record({
    name: sometimes(fc.constantFrom("content-type", "Content-Encoding")),
    value: sometimes(fc.constantFrom("gzip", "br", "text/event-stream")),
  });
  const content = fc.record({
    text: sometimes(fc.constantFrom(TEXT, "H4sI", "data:", "[{}]")),
    encoding: sometimes(fc.constant("base64")),
    mimeType: anything,
  });
  const response = fc.record({
    status: sometimes(fc.constantFrom(0, 200, 500)),
    statusText: anything,
    headers: sometimes(fc.array(sometimes(header))),
    content: sometimes(content),
  });
  const message = fc.record({ time: anything, eventName: anything, eventId: anything, data: anything });
  const frame = fc.record({
    type: sometimes(fc.constantFrom("send", "receive", "error")),
    opcode: sometimes(fc.constantFrom(1, 2, 8, 9)),
    time: sometimes(fc.constantFrom(-1, 1772446530.5, 1772446530500)),
    data: sometimes(fc.constantFrom("{}", "A+k=", "/w==")),
  });
  const timings = fc.dictionary(
    fc.constantFrom("blocked", "dns", "connect", "ssl", "send", "wait", "receive"),
    sometimes(fc.constantFrom(-1, 0, 12.5)),
  );
  const entries = fc.array(
    sometimes(
      fc.record({
        request: sometimes(fc.record({ method: anything, url: anything })),
        response: sometimes(response),
        startedDateTime: anything,
        timings: sometimes(timings),
        _resourceType: sometimes(fc.constant("websocket")),
        _eventSourceMessages: sometimes(fc.array(sometimes(message))),
        _webSocketMessages: sometimes(fc.array(sometimes(frame))),
        _webSocketClose: sometimes(fc.record({ code: sometimes(fc.constantFrom(1000, 1011)), reason: anything })),
      }),
    ),
  );
  const archived = sometimes(
    fc.record({ log: sometimes(fc.record({ version: anything, entries: sometimes(entries) })) }),
  );
  await fc.assert(
    fc.asyncProperty(archived, async (value) => {
      expect(await isReadOrRefused(har, JSON.stringify(value))).toBe(true);
    }),
  );
});

test("a HAR file that nests to any depth is read or refused", async () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  expect(await isReadOrRefused(har, `{"log":{"entries":${deep}}}`)).toBe(true);
  expect(await isReadOrRefused(har, `{"log":{"comment":${deep},"entries":[]}}`)).toBe(true);
});

test("a cassette with values of any type, anywhere, is read or refused", async () => {
  const anything = fc.jsonValue();
  const sometimes = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 3, arbitrary }, anything);
  const body = fc.oneof(
    fc.record({ string: sometimes(fc.constant(TEXT)) }),
    fc.record({ base64_string: anything }),
    fc.constant(TEXT),
  );
  const headers = fc.dictionary(
    fc.constantFrom("content-type", "Content-Encoding", "__proto__"),
    sometimes(fc.constantFrom("br", ["text/event-stream"])),
  );
  const status = fc.record({ code: sometimes(fc.constantFrom(200, 500)), message: anything });
  const response = fc.record({ status: sometimes(status), headers: sometimes(headers), body: sometimes(body) });
  const interactions = fc.array(
    sometimes(
      fc.record({ request: sometimes(fc.record({ method: anything, uri: anything })), response: sometimes(response) }),
    ),
  );
  const document = fc.record({ interactions: sometimes(interactions) });
  await fc.assert(
    fc.asyncProperty(document, async (value) => {
      expect(await isReadOrRefused(cassette, JSON.stringify(value))).toBe(true);
      expect(await isReadOrRefused(cassette, stringify(value))).toBe(true);
    }),
  );
});

test("any text after the key of a cassette is read or refused", async () => {
  const yaml = fc.array(
    fc.constantFrom(
      "- ",
      "  ",
      "\n",
      ": ",
      "a",
      "{",
      "}",
      "[",
      "]",
      "&a ",
      "*a",
      "|",
      ">",
      "!!binary ",
      '"',
      "'",
      "#",
      "\t",
      "?",
      "data: x",
      "response",
      "<<",
      "%",
    ),
  );
  await fc.assert(
    fc.asyncProperty(yaml, async (words) => {
      expect(await isReadOrRefused(cassette, `interactions:\n${words.join("")}`)).toBe(true);
    }),
  );
});

const recorded = fixtures.filter(({ name }) => name.startsWith("archives/") && name.endsWith(".json"));

test.each(recorded)("$name with a value of any type, anywhere, is read or refused", async ({ bytes }) => {
  const framing = recorders.find((known) => known.detect(bytes, true) === true);
  const text = Buffer.from(bytes).toString();
  const paths = pathsOf(JSON.parse(text));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async (path, value) => {
      const changed: unknown = replaceAt(JSON.parse(text), path, value);
      expect(framing !== undefined && (await isReadOrRefused(framing, JSON.stringify(changed)))).toBe(true);
    }),
  );
});

test.each(recorders)("A file of $name that nests to any depth, or is cut, is read or refused", async (framing) => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  for (const text of [
    `{"response":{"body":${deep}}}`,
    `[{"scope":"","response":${deep}}]`,
    deep,
    "{",
    "[",
    "",
    "a: [",
    "- - -",
  ]) {
    expect(await isReadOrRefused(framing, text)).toBe(true);
  }
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(asObject(value) ?? {});
  return [path, ...entries.flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** A copy in which another value is at a path. */
function replaceAt(root: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(root))
    return root.map((inner: unknown, index) => (index === key ? replaceAt(inner, rest, value) : inner));
  const object = asObject(root) ?? {};
  return { ...object, [key]: replaceAt(object[key], rest, value) };
}
