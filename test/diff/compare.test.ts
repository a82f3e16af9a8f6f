// Compares two streams, through the whole command.
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Comparison, Difference } from "../../src/diff/difference.ts";
import diffSchema from "../../src/schemas/diff.schema.json" with { type: "json" };
import { hey } from "../support/captured.ts";
import { captures, named, withoutCaptures } from "../support/captures.ts";
import { captureFiles } from "../support/files.ts";
import { chosenFixtures, fixtureNamed, fixtures } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { serveReplay } from "../support/replay.ts";
import {
  answer,
  completed,
  created,
  functionCall,
  itemAdded,
  itemDone,
  message,
  stream,
  textDelta,
} from "../support/stream.ts";

const isComparison = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(diffSchema);

/** The comparisons of two streams, and the exit code. */
async function compare(a: string | Uint8Array, b: string | Uint8Array, ...argv: readonly string[]) {
  const paths = captureFiles({ "a.sse": a, "b.sse": b });
  const { exitCode, stdout } = await run(["diff", "--json", ...argv, ...paths]);
  const comparisons = stdout
    .trimEnd()
    .split("\n")
    .map((line): Comparison => JSON.parse(line));
  for (const comparison of comparisons) expect(isComparison(comparison)).toBe(true);
  const differences: readonly Difference[] = comparisons.flatMap((comparison) => comparison.differences);
  const isAnyNoStream = comparisons.some(({ a, b }) => [a?.verdict, b?.verdict].includes("not-a-stream"));
  const expected = differences.length === 0 ? 0 : 1;
  expect(exitCode).toBe(isAnyNoStream ? 7 : expected);
  return { exitCode, comparisons, differences };
}

/** The differences, one per line. */
async function differing(a: string, b: string, ...argv: readonly string[]): Promise<string[]> {
  const { differences } = await compare(a, b, ...argv);
  return differences.map(({ section, what, a, b }) => `${section} ${what}: ${a} -> ${b}`);
}

describe("A stream is equal to itself", () => {
  const streams = chosenFixtures.filter(({ bytes, name }) => bytes.length > 0 && !name.endsWith(".gz"));
  test.each(streams)("$name", async ({ path }) => {
    const { exitCode, stdout, stderr } = await run(["diff", path, path]);
    expect(stdout).toMatch(/^(?:no difference: [\d,]+ events?, [a-z-]+\n)*$/);
    // A source that is not a stream or was not read to its end is also equal, and is reported.
    expect(stderr).toMatch(/^(?:ssescope: [ab], .*: (?:not-a-stream|transport-error): .*\n)*$/);
    const unread = stderr.includes("transport-error") ? 6 : 7;
    expect(exitCode).toBe(stderr === "" ? 0 : unread);
    expect(stdout + stderr).not.toBe("");
  });

  test.each(named(captures))("%s", async (_, { bytes }) => {
    expect((await compare(bytes, bytes)).differences).toEqual([]);
  });

  test("recorded ones too", ({ skip }) => {
    skip(...withoutCaptures);
    expect(captures.length).toBeGreaterThan(200);
  });

  test("if it is live", async () => {
    const [path = ""] = captureFiles({ "a.sse": hey });
    const { origin } = await serveReplay(hey);
    expect((await run(["diff", path, `${origin}/v1/responses`, "-d", "{}"])).exitCode).toBe(0);
  });
});

/** A stream that calls a function with these arguments. */
function calling(json: string): string {
  const call = { ...functionCall("look_up"), arguments: json };
  return stream(created(), itemAdded(0, functionCall("look_up")), itemDone(0, call), completed());
}

describe("Not a difference are", () => {
  test("ids, padding, and the time of creation", async () => {
    const other = hey
      .toString()
      .replaceAll("resp_", "resp_9")
      .replaceAll("msg_", "msg_9")
      .replace(/"created_at":\d+/g, '"created_at":1');
    const padded = other.replace('"delta":"hey"', '"delta":"hey","obfuscation":"x9"');
    expect(await differing(hey.toString(), padded)).toEqual([]);
  });

  test("pings", async () => {
    const ping = 'event: ping\ndata: {"type":"ping"}\n\n';
    const { bytes } = fixtures.find(({ name }) => name === "anthropic/tool-calls.sse") ?? { bytes: new Uint8Array() };
    const plain = Buffer.from(bytes).toString().replaceAll(ping, "");
    const withPings = plain.replaceAll("event: content_block_stop", `${ping}event: content_block_stop`);
    expect(withPings).not.toBe(plain);
    expect(await differing(plain, withPings)).toEqual([]);
  });

  test("where deltas are cut, unless requested", async () => {
    expect(await differing(answer("one two"), answer("one", " two"))).toEqual([]);
    expect(await differing(answer("one two"), answer("one", " two"), "--strict")).toEqual([
      "structure event: response.output_text.delta  [0] text -> response.output_text.delta  [0] text  ×2",
    ]);
  });

  test("spaces and the order of keys in arguments", async () => {
    expect(await differing(calling('{"a":1,"b":[2]}'), calling('{ "b": [ 2 ], "a": 1 }'))).toEqual([]);
    expect(await differing(calling('{"a":1}'), calling('{"a":2}'))).toEqual([
      'text item 0, arguments: {"a":1} -> {"a":2}',
    ]);
  });
});

const usage = (output: number) => ({ input_tokens: 1, output_tokens: output, total_tokens: output + 1 });

describe("A difference is", () => {
  const plain = answer("hey");

  test("an event that is missing, added or moved", async () => {
    const events = plain.split(/(?<=\n\n)/);
    const without = events.toSpliced(1, 1).join("");
    expect((await differing(plain, without, "--only", "structure"))[0]).toEqual(
      expect.stringMatching(/^structure event: response\.output_item\.added {2}\[0\] message.* -> null$/),
    );
    const [first = "", second = "", ...rest] = events;
    expect((await differing(plain, [second, first, ...rest].join(""), "--only", "structure")).length).toBeGreaterThan(
      0,
    );
  });

  test("a field that only one of them has", async () => {
    const more = plain.replaceAll('"role":"assistant"', '"role":"assistant","phase":"final"');
    const differences = await differing(plain, more, "--only", "structure");
    expect(differences.length).toBeGreaterThan(0);
    for (const difference of differences) expect(difference).toMatch(/^structure fields of .*: null -> .*phase/);
  });

  test("the text", async () => {
    const differences = await differing(answer("the quick fox"), answer("the red fox"), "--only", "text");
    expect(differences).toEqual(["text item 0, text: the quick fox -> the red fox"]);
  });

  test("the usage, including unreported counts", async () => {
    const with3 = stream(created(), textDelta("a"), completed({ usage: usage(3) }));
    const with5 = stream(created(), textDelta("a"), completed({ usage: usage(5) }));
    expect(await differing(with3, with5)).toEqual(["usage outputTokens: 3 -> 5", "usage totalTokens: 4 -> 6"]);
    const without = stream(created(), textDelta("a"), completed({ usage: null }));
    expect(await differing(with3, without, "--only", "usage")).toContain("usage outputTokens: 3 -> null");
  });

  test("the verdict, the status, the model and the findings", async () => {
    const cut = stream(created(), itemAdded(0, message), textDelta("hey"));
    const differences = await differing(plain, cut, "--only", "verdict");
    expect(differences).toEqual([
      "verdict verdict: completed -> truncated",
      "verdict verdict of the response: completed -> truncated",
      "verdict status: completed -> in_progress",
      "verdict findings of field-missing: 0 -> 1",
      "verdict findings of no-terminal: 0 -> 1",
      "verdict findings of part-not-added: 0 -> 1",
    ]);
  });

  test("the data of a stream that no dialect reads", async () => {
    expect(await differing("data: one\n\ndata: two\n\n", "data: one\n\ndata: three\n\n")).toEqual([
      "text data: one\ntwo\n -> one\nthree\n",
    ]);
  });

  test("an additional stream", async () => {
    const log = fixtureNamed("log/docker-compose.log");
    const { comparisons } = await compare(log.bytes, hey);
    expect(comparisons.length).toBeGreaterThan(1);
    for (const { a, b, isEqual, differences } of comparisons.slice(1)) {
      expect(b).toBeNull();
      const stream = `${a?.events} events, ${a?.verdict}`;
      expect(differences).toMatchObject([{ section: "structure", what: "stream", a: stream, b: null }]);
      expect(isEqual).toBe(false);
    }
    const [path = ""] = captureFiles({ "a.sse": hey });
    const { exitCode, stdout } = await run(["diff", path, log.path]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^- no such stream\n\+ .*docker-compose\.log\n\nstructure\n {2}stream\n {2}\+ \d+ events, \w+\n/m,
    );
  });
});

function many(name: string): string {
  return Array.from({ length: 6000 }, (_, index) => `event: ${name}${index}\ndata: ${index}\n\n`).join("");
}

test("Two long streams without common events are not aligned for ever.", async () => {
  const { differences } = await compare(many("a"), many("b"), "--only", "structure");
  expect(differences).toMatchObject([
    { what: "event; the events after it differ too much to be aligned", aEvent: 0, bEvent: 0 },
  ]);
});

test("If one stream is longer by very many events, the first of them is reported.", async () => {
  const { differences } = await compare("event: a0\ndata: 0\n\n", many("a"), "--only", "structure");
  const what = "event; the events after it differ too much to be aligned";
  expect(differences).toMatchObject([{ what, a: null, b: "a1  data-received", aEvent: null, bEvent: 1 }]);
});
