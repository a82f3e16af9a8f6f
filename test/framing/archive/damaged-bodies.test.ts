// Bodies in archives that are cut, damaged or too large: what there is of them is read, and the rest is missed aloud.
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { cassette } from "../../../src/framing/archive/recorders/cassette.ts";
import { reqLlm } from "../../../src/framing/archive/recorders/req-llm.ts";
import { run } from "../../support/io.ts";
import { readStreams, refusalOf } from "../support/read-streams.ts";
import { BASE64, STREAM, TEXT } from "./support/recording.ts";

const request = { method: "POST", uri: "https://api.example/v1/responses" };
const whole = { status: { code: 200, message: "OK" }, headers: STREAM, body: { string: TEXT } };

function cassetteOf(...bodies: readonly (readonly [body: Buffer, contentEncoding: string])[]): string {
  const interactions = bodies.map(([body, contentEncoding]) => ({
    request,
    response: {
      ...whole,
      headers: { ...STREAM, "content-encoding": contentEncoding },
      body: { base64_string: body.toString("base64") },
    },
  }));
  return JSON.stringify({ interactions });
}

interface Checked {
  readonly verdict: string;
  readonly findings: readonly { readonly rule: string }[];
}

/** What `check` says of each stream. */
async function check(input: string, ...options: readonly string[]) {
  const { stdout, exitCode } = await run(["check", "--reporter", "ndjson", ...options, "-"], {
    stdin: [Buffer.from(input)],
  });
  const reports = stdout
    .trim()
    .split("\n")
    .map((line): Checked => JSON.parse(line));
  return {
    exitCode,
    reports: reports.map(({ verdict, findings }) => [verdict].concat(findings.map(({ rule }) => rule))),
  };
}

const LONG = Buffer.from(TEXT.repeat(50));

describe("A compressed body", () => {
  test.each([
    ["gzip", gzipSync(LONG)],
    ["deflate", deflateSync(LONG)],
    ["br", brotliCompressSync(LONG)],
  ])("in %s that is cut is missed", async (coding, compressed) => {
    const cut = compressed.subarray(0, compressed.length * 0.8);
    const { exitCode, reports } = await check(cassetteOf([cut, coding], [compressed, coding]));
    expect(reports[0]).toContain("truncated-compression");
    expect(reports[1]).not.toContain("truncated-compression");
    expect(exitCode).not.toBe(0);
  });

  test("that is damaged is read to there", async () => {
    const damaged = gzipSync(LONG);
    damaged[damaged.length - 6] = (damaged[damaged.length - 6] ?? 0) + 1;
    const { reports } = await check(cassetteOf([damaged, "gzip"]));
    expect(reports[0]).toContain("truncated-compression");
  });

  test("of which nothing can be had is no stream", async () => {
    const { exitCode, reports } = await check(cassetteOf([gzipSync(LONG).subarray(0, 12), "gzip"]));
    expect(reports).toEqual([["not-a-stream", "not-a-stream"]]);
    expect(exitCode).toBe(7);
  });

  test.each(["deflate", "br"])(
    "that the recorder decompressed is read, whatever %s its header says",
    async (coding) => {
      const { streams } = await readStreams(cassette, [cassetteOf([Buffer.from(TEXT), coding])]);
      expect(streams).toMatchObject([{ body: TEXT }]);
    },
  );

  test("that outgrows --max-decoded-size is read to there; of what follows, what is not compressed is read", async () => {
    const bomb = gzipSync(Buffer.from("data: {}\n\n".repeat(2 ** 20)));
    const { exitCode, reports } = await check(
      cassetteOf([bomb, "gzip"], [gzipSync(TEXT), "gzip"], [Buffer.from(TEXT), ""]),
      "--max-decoded-size",
      "64KiB",
    );
    expect(reports.map(([verdict]) => verdict)).toEqual(["truncated", "truncated", "completed"]);
    expect(exitCode).toBe(2);
  });
});

test.each(["gzip", "br"])("A %s body over --max-decoded-size is called that, whatever it would be", async (coding) => {
  const compress = coding === "gzip" ? gzipSync : brotliCompressSync;
  for (const text of [TEXT.repeat(100), JSON.stringify({ output: "x".repeat(1e6) }), "\0".repeat(1e6)]) {
    const interaction = { request, response: { ...whole, headers: { "content-encoding": coding } } };
    const body = { base64_string: compress(text).toString("base64") };
    const input = JSON.stringify({ interactions: [{ ...interaction, response: { ...interaction.response, body } }] });
    const { exitCode, stderr } = await run(["--max-decoded-size", "64", "-"], { stdin: [input] });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("the input is larger than 64 bytes after decompression");
  }
});

test("An event that outgrows --max-event-size ends its stream, not the archive", async () => {
  const interactions = ["x".repeat(5000), ""].map((more) => ({
    request,
    response: { ...whole, body: { base64_string: gzipSync(`data: ${more}\n\n${TEXT}`).toString("base64") } },
  }));
  const { reports } = await check(JSON.stringify({ interactions }), "--max-event-size", "4KiB");
  expect(reports.map(([verdict]) => verdict)).toEqual(["truncated", "completed"]);
});

describe("An interaction that a cut cassette ends in is missed", () => {
  const interactions = [1, 2].map(() => ({ request, response: whole }));
  const text = stringify({ interactions }, { aliasDuplicateObjects: false });
  const second = text.lastIndexOf("  - request");

  test.each([
    ["in the request", "uri:"],
    ["before the response", "response:"],
    ["in the status of the response", "code:"],
    ["in the headers", "content-type:"],
    ["before the body", "body:"],
  ])("%s", async (_, key) => {
    const cut = text.slice(0, text.indexOf(key, second)).trimEnd();
    const { exitCode, reports } = await check(`${cut}\n`);
    expect(reports).toEqual([["completed"], ["not-a-stream", "not-a-stream"]]);
    expect(exitCode).toBe(7);
  });

  test("but none of another kind of interaction, without a body", async () => {
    const interactions = [
      { request, response: { status: 200 } },
      { request, response: whole },
    ];
    const { streams } = await readStreams(cassette, [JSON.stringify({ interactions })]);
    expect(streams).toHaveLength(1);
  });
});

test("A chunk that is no Base64 is missed, with its place", async () => {
  const fixture = {
    request: {},
    response: { status: 200, headers: STREAM },
    chunks: [{ b64: "%%%" }, { b64: BASE64 }],
  };
  const refusal = await refusalOf(reqLlm, JSON.stringify(fixture, null, 1));
  expect(refusal).toMatch(/chunks\.0\.b64 at line \d+, byte \d+ is no Base64/);
});

test.each([
  ["with line ends", BASE64.replaceAll(/.{76}/g, "$&\n")],
  ["for URLs, without padding", Buffer.from(TEXT).toString("base64url")],
])("Base64 %s is read", async (_, b64) => {
  const { streams } = await readStreams(reqLlm, [
    JSON.stringify({ request: {}, response: { status: 200, headers: STREAM }, chunks: [{ b64 }] }),
  ]);
  expect(streams).toMatchObject([{ body: TEXT }]);
});
