import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { cassette } from "../../../../src/framing/archive/recorders/cassette.ts";
import { chunkings } from "../../../support/chunkings.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";
import { run } from "../../../support/io.ts";
import { parseRecords, reportOf } from "../../../support/read-report.ts";
import { answer } from "../../../support/stream.ts";
import { readStreams, refusalOf } from "../../support/read-streams.ts";

type Fields = Readonly<Record<string, unknown>>;

const TEXT = answer("hey");
const STREAM = { "Content-Type": ["text/event-stream"] };

function interaction(response: Fields): Fields {
  return {
    request: { method: "POST", uri: "https://api.example/v1/responses?key=abc" },
    response: { status: { code: 200, message: "OK" }, headers: STREAM, ...response },
  };
}

function recorded(...interactions: readonly unknown[]): Fields {
  return { interactions, version: 1 };
}

async function bodiesOf(input: string): Promise<string[]> {
  return (await readStreams(cassette, [input])).streams.map(({ body }) => body);
}

describe("each kind of recorder is read", () => {
  test.each(["vcrpy", "vcr", "go-vcr"])("%s", async (name) => {
    const text = Buffer.from(fixtureNamed(`cassette/${name}.yaml`).bytes).toString();
    const { streams } = await readStreams(cassette, [text]);
    const hey = Buffer.from(fixtureNamed("openai-responses/hey.sse").bytes).toString();
    expect(streams[0]).toMatchObject({
      body: hey,
      head: {
        framing: "cassette",
        wrapping: "sse",
        http: { status: 200, statusText: "OK", contentType: "text/event-stream; charset=utf-8" },
        place: { name: "POST https://api.openai.com/v1/responses" },
      },
    });
    const line = text.split("\n")[(streams[0]?.head.place?.line ?? 0) - 1];
    expect(line?.trimStart()).toMatch(/^- (?:id|request):/);
  });

  test.each<[string, Fields]>([
    ["vcrpy", { body: { string: TEXT } }],
    ["vcrpy of old, with httpx", { body: undefined, status: undefined, status_code: 200, content: TEXT }],
    ["VCR, as base64", { body: { encoding: "ASCII-8BIT", base64_string: Buffer.from(TEXT).toString("base64") } }],
    ["go-vcr", { body: TEXT, headers: { "content-type": "text/event-stream" }, code: 200, status: "200 OK" }],
    [
      "R's vcr",
      {
        status: { status_code: 200 },
        headers: { "content-type": "text/event-stream" },
        body: { encoding: "", string: TEXT },
      },
    ],
    ["bytes", { body: { string: new Uint8Array(Buffer.from(TEXT)) } }],
    ["bytes of gzip", { body: { string: new Uint8Array(gzipSync(TEXT)) } }],
  ])("%s, written here", async (_, response) => {
    const { streams } = await readStreams(cassette, [stringify(recorded(interaction(response)), { version: "1.1" })]);
    expect(streams).toMatchObject([{ body: TEXT, head: { http: { status: 200 } } }]);
  });

  test("JSON", async () => {
    const answered = interaction({ body: { string: TEXT } });
    expect(await bodiesOf(JSON.stringify({ version: 1, interactions: [answered] }))).toEqual([TEXT]);
    expect(await bodiesOf(JSON.stringify({ http_interactions: [answered], recorded_with: "betamax/0.9" }))).toEqual([
      TEXT,
    ]);
  });
});

describe("detection", () => {
  const body = { body: { string: TEXT } };

  test.each([
    ["vcrpy's YAML", stringify(recorded(interaction(body)))],
    ["VCR's YAML", `---\n${stringify({ http_interactions: [interaction(body)] })}`],
    ["go-vcr's YAML, CRLF", `---\nversion: 2\n${stringify(recorded(interaction(body)))}`.replaceAll("\n", "\r\n")],
    ["YAML after comments", `# recorded\n\n# twice\n${stringify(recorded(interaction(body)))}`],
    ["JSON", JSON.stringify(recorded(interaction(body)), null, 2)],
    ["JSON whose version stands first", JSON.stringify({ version: 1, ...recorded(interaction(body)) })],
  ])("tells of %s, however it arrives", async (_, input) => {
    for (const { cut } of chunkings) {
      const { stdout } = await run(["--json"], { stdin: cut(Buffer.from(input)) });
      expect(JSON.parse(stdout)).toMatchObject({
        framing: "cassette",
        verdict: "completed",
        stream: { skippedAnswers: 0 },
      });
    }
  });
});

test("answers that are no stream are counted, and each stream has its report", async () => {
  const json = { headers: { "content-type": ["application/json"] }, body: { string: "{}" } };
  const failed = { status: { code: 500, message: "no" }, body: { string: "data: 1\n\n" }, headers: {} };
  const input = stringify(
    recorded(...[json, { body: { string: TEXT } }, failed, { body: { string: answer("b") } }].map(interaction)),
  );
  const { stdout } = await run(["--json"], { stdin: [input] });
  expect(parseRecords(stdout)).toMatchObject([
    { responses: [{ text: "hey" }], stream: { skippedAnswers: 1, skippedLines: 0 } },
    { responses: [{ text: "b" }], stream: { skippedAnswers: 2 } },
  ]);
});

test("where there is no stream, the last error says what there is", async () => {
  const failed = {
    status: { code: 429, message: "no" },
    headers: {},
    body: { string: '{"error":{"message":"Slow down."}}' },
  };
  const report = await reportOf(stringify(recorded(interaction(failed), interaction({ headers: {}, body: {} }))));
  expect(report).toMatchObject({ verdict: "not-a-stream", http: { status: 429 }, error: { message: "Slow down." } });
});

describe("what cannot be read is refused with what to do", () => {
  const bomb = `${Array.from({ length: 9 }, (_, level) => `a${level}: &a${level} [${Array.from({ length: 10 }, () => (level === 0 ? "x" : `*a${level - 1}`)).join(",")}]`).join("\n")}\ninteractions: []\n`;

  test.each([
    ["YAML that is cut", "interactions:\n- request: {", "this cassette cannot be read"],
    ["JSON that is cut", '{"interactions":[{', "is not one whole JSON document"],
    ["a document without interactions", "http_interactions: 7\n", "it has no list of interactions"],
    ["another document behind it", "interactions: []\n---\nservices: []\n", "it has no list of interactions"],
    ["a bomb of aliases", bomb, "its aliases repeat more than 256 MiB"],
    ["nesting beyond the stack", `interactions: ${"[".repeat(100_000)}`, "its values are nested too deep"],
    ["nothing", "", "it has no list of interactions"],
  ])("%s", async (_, input, message) => {
    const refusal = await refusalOf(cassette, input);
    expect(refusal).toContain(message);
    expect(refusal).toContain("check whether the file is complete");
    expect(refusal.length).toBeLessThan(500);
  });

  test("a cassette over the limit", async () => {
    expect(await refusalOf(cassette, stringify(recorded(interaction({ body: TEXT }))), 500)).toContain(
      "the cassette is larger than 500 bytes and can only be read whole",
    );
  });
});

test("strings that come twice may be aliases, as Psych writes them, and many", async () => {
  const names = Array.from({ length: 500 }, (_, index) => `      X-${index}: *type\n`).join("");
  const input = `http_interactions:\n- request: {}\n  response:\n    headers:\n      Content-Type: &type text/event-stream\n${names}    body: {string: "data: 1\\n\\n"}\n`;
  expect(await bodiesOf(input)).toEqual(["data: 1\n\n"]);
});

test("names of headers may be objects of Python, as vcrpy writes those of aiohttp", async () => {
  const input = `interactions:
- request: {}
  response:
    headers:
      ? !!python/object/apply:multidict._multidict.istr
      - Content-Type
      : - text/event-stream
    body: {string: "data: 1\\n\\n"}
    status: {code: 200, message: OK}
`;
  const { streams } = await readStreams(cassette, [input]);
  expect(streams).toMatchObject([{ body: "data: 1\n\n", head: { http: { contentType: "text/event-stream" } } }]);
});

test("requests and responses may be in two lists, as LangChain writes them", async () => {
  const { request, response } = interaction({ body: { string: TEXT } });
  for (const write of [stringify, JSON.stringify]) {
    const { streams } = await readStreams(cassette, [write({ requests: [request, request], responses: [response] })]);
    expect(streams).toMatchObject([{ body: TEXT, head: { place: { name: "POST https://api.example/v1/responses" } } }]);
  }
});

test("tags of languages do no harm", async () => {
  const input =
    'interactions:\n- request: !ruby/object:Net {}\n  response:\n    headers: {Content-Type: !!python/unicode "text/event-stream"}\n    body: {string: !!python/str "data: 1\\n\\n"}\n';
  expect(await bodiesOf(input)).toEqual(["data: 1\n\n"]);
});
