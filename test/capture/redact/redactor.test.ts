import { describe, expect, test } from "vitest";
import { createCaptureRedactor } from "../../../src/capture/redact/redactor.ts";
import { chunkings } from "../../support/chunkings.ts";
import { tried } from "../../support/exhaustive.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import { stream } from "../../support/stream.ts";
import { call, chunk, finish, stream as chat } from "../../support/chunks.ts";
import { reportOfBytes } from "./support/judged.ts";
import { redact } from "./support/redact.ts";

const MEBIBYTE = 1024 ** 2;

function copyOf(text: string, options?: Parameters<typeof redact>[1]): string {
  return redact([text], options).toString("utf8");
}

/** The payload of a stream of one event. */
function payloadOf(value: unknown): unknown {
  return JSON.parse(copyOf(`data: ${JSON.stringify(value)}\n\n`).slice("data: ".length));
}

function choicesWith(url: string) {
  return [{ index: 0, delta: { images: [{ type: "image_url", image_url: { url } }] } }];
}

describe("A value that identifies its owner", () => {
  test.each([
    ["gpt-4o-2024-08-06", true],
    ["meta-llama/Llama-3.3-70B", true],
    ["accounts/acme/models/bot", false],
    ["projects/4711/locations/eu/endpoints/8", false],
    ["tunedModels/acme-bot-1a2b", false],
    ["ft:gpt-4o:acme::9", false],
    ["acme/llama", false],
  ])("in the model name %s stays: %s.", (model, stays) => {
    const copy = copyOf(chat({ ...chunk([]), model }));
    expect(copy.includes(model)).toBe(stays);
    expect(copy).toHaveLength(chat({ ...chunk([]), model }).length);
  });

  test("is replaced in numbers that are ids: the same number always gets the same replacement, of equal length.", () => {
    const [id, other, longest] = [123_456_789, 123_456_780, 10_000];
    const user = { user_id: id, owner: { accountId: id }, org_ids: [other, longest], count: 1_234_567, id: 7 };
    const copy = payloadOf({ ...chunk([]), user });
    expect(copy).toMatchObject({ user: { count: 1_234_567, id: 7 } });
    const numbers = Array.from(JSON.stringify(copy).matchAll(/\d{5,}/g), ([digits]) => digits).filter(
      (digits) => digits !== "1234567",
    );
    expect(numbers.map((digits) => digits.length)).toEqual([9, 9, 9, 5]);
    expect(numbers.every((digits) => !digits.startsWith("0"))).toBe(true);
    expect(numbers[1]).toBe(numbers[0]);
    expect(numbers).not.toContain(String(id));
    expect(numbers[2]).not.toBe(numbers[0]);
  });

  test.each([
    ["data:image/png;base64,iVBOR", "data:image/png;base64,AAAAA"],
    ["data:image/png;name=jane-pass.png;base64,iVBOR", "data:image/png;xxxx=xxxx-xxxx.xxx;base64,AAAAA"],
    ["data:text/plain;charset=utf-8,hello", "data:text/plain;xxxxxxx=xxx-0,AAAAA"],
    ["data:;name=jane,hello", "data:;xxxx=xxxx,AAAAA"],
    ["data:,hello", "data:,AAAAA"],
  ])("in the URL %s is replaced.", (url, shown) => {
    expect(payloadOf(chunk(choicesWith(url)))).toMatchObject({ choices: choicesWith(shown) });
  });
});

describe("Lines of an event stream", () => {
  test("keep event types and retry times, and lose the text of comments, ids and unknown fields.", () => {
    const lines = ": a comment",
      fields = "event: ping\nid: event-90210\nretry: 3000\nsecret: word\n";
    expect(copyOf(`${lines}\n${fields}data: {"type":"ping"}\n\n`)).toMatch(
      /^: x xxxxxxx\nevent: ping\nid: event-\d{5}\nretry: 3000\nxxxxxx: xxxx\ndata: \{"type":"ping"\}\n\n$/,
    );
  });

  test("with equal ids get equal ids.", () => {
    const [, first, second, third] =
      /id: (.*)\n\nid: (.*)\n\nid: (.*)\n/.exec(copyOf("id: abcdef\n\nid: abcdef\n\nid: abcdeg\n\ndata: x\n\n")) ?? [];
    expect([first, first === second, first === third, first === "abcdef"]).toEqual([first, true, false, false]);
  });

  test("of one payload stay one payload.", () => {
    expect(copyOf('data: {"delta":"one",\r\ndata:"item_id":\r\ndata: "msg_77"}\r\n\r\n')).toBe(
      'data: {"delta":"xxx",\r\ndata:"item_id":\r\ndata: "msg_77"}\r\n\r\n',
    );
  });

  test("without JSON are text.", () => {
    expect(copyOf("data: Hello 42 ships\n\ndata: [DONE]\n\n")).toBe("data: Xxxxx 00 xxxxx\n\ndata: [DONE]\n\n");
  });

  test("are returned as soon as they end; data with its event.", () => {
    const redactor = createCaptureRedactor({ framing: "sse", dialect: null, maxEventBytes: MEBIBYTE, http: null });
    const returned = ["event: ping\nda", 'ta: {"a":"b"}\n', ": note\n", "\n: later\n", ": more"].map((text) =>
      Buffer.from(redactor.push(Buffer.from(text))).toString(),
    );
    expect(returned).toEqual(["event: ping\n", "data: ", "", '{"a":"x"}\n: xxxx\n\n: xxxxx\n', ""]);
    expect(Buffer.from(redactor.end()).toString()).toBe(": xxxx");
  });

  test("are not changed in the caller's buffer.", () => {
    const bytes = Buffer.from("data: word\n\n");
    redact([bytes]);
    expect(bytes.toString()).toBe("data: word\n\n");
  });
});

describe("A payload", () => {
  test("keeps only words of the protocol.", () => {
    expect(
      payloadOf({ type: "response.x", status: "in_progress", model: "gpt-4o", note: "word", flag: true, n: 7 }),
    ).toEqual({ type: "response.x", status: "in_progress", model: "gpt-4o", note: "xxxx", flag: true, n: 7 });
    const added = { type: "response.output_item.added", output_index: 0 };
    expect(payloadOf({ ...added, item: { type: "message", secret: { type: "word", name: "word" } } })).toEqual({
      ...added,
      item: { type: "message", secret: { type: "xxxx", name: "xxxx" } },
    });
  });

  test("loses words under a key that only another protocol has.", () => {
    // `data` is Dify's, `finish_reason` is OpenAI's.
    expect(payloadOf({ data: { status: "HIV-positive" }, finish_reason: "word" })).toEqual({
      data: { status: "XXX-xxxxxxxx" },
      finish_reason: "xxxx",
    });
  });

  test("loses a value that is not a word, and the name of a private model.", () => {
    const copy = JSON.stringify(payloadOf({ type: "what Jane said", model: "ft:gpt-4o:harbour::Abc", role: "" }));
    expect(copy).not.toMatch(/Jane|harbour|said/);
  });

  test("loses keys that are data.", () => {
    const copy = JSON.stringify(payloadOf({ metadata: { plan: 1, "jane@example.org": 2 } }));
    expect(copy).toMatch(/^\{"metadata":\{"plan":1,"[a-z]{4}@[a-z]{7}\.[a-z]{3}":2\}\}$/);
    expect(copy).not.toMatch(/jane|example/);
  });

  test("does not spell text in numbers or keys.", () => {
    const token = { token: "Hi", bytes: [72, 105], logprob: -0.5 };
    expect(
      payloadOf({ logprobs: { content: [{ ...token, top_logprobs: [token] }], top_logprobs: [{ Paris: -0.1 }] } }),
    ).toEqual({
      logprobs: {
        content: [
          {
            token: "Xx",
            bytes: [11, 111],
            logprob: -0.5,
            top_logprobs: [{ token: "Xx", bytes: [11, 111], logprob: -0.5 }],
          },
        ],
        top_logprobs: [{ Xxxxx: -0.1 }],
      },
    });
    expect(payloadOf({ token: { id: 5023, text: " a" }, context: [1, 20] })).toEqual({
      token: { id: 1111, text: " x" },
      context: [1, 11],
    });
  });

  test("contains neither media nor encrypted content.", () => {
    expect(
      payloadOf({ delta: { images: [{ image_url: { url: "data:image/png;base64,iVBOR+w0=" } }] }, signature: "aB3=" }),
    ).toEqual({
      delta: { images: [{ image_url: { url: "data:image/png;base64,AAAAAAAA=" } }] },
      signature: "AAA=",
    });
  });

  test.each([
    ["an inherited key", '{"__proto__":{"type":"word"},"constructor":"word","hasOwnProperty":"word"}'],
    ["a key twice", '{"type":"word","type":"another"}'],
    ["arrays in arrays", '[[["word"]]]'],
    ["nothing but a string", '"word"'],
    ["brackets without end", "[".repeat(100_000)],
    ["objects without end", `${'{"item":'.repeat(5000)}"word"${"}".repeat(5000)}`],
    ["an id without end", `{"id":"${"word".repeat(5000)}"}`],
  ])("of %s is redacted.", (_, data) => {
    const copy = copyOf(`data: ${data}\n\n`);
    expect(copy.length).toBe(data.length + 8);
    expect(copy.replaceAll(/"(?:type|constructor|hasOwnProperty)":(?:"(?:word|another)")?/g, "")).not.toMatch(/word/);
  });

  test("that is broken loses its content after the break.", () => {
    expect(copyOf('data: {"text":"she said "Jane, 42" to","name":"me"}\n\n')).toBe(
      'data: {"text":"xxx xxxx "Xxxx, 00" xx","xxxx":"xx"}\n\n',
    );
    expect(copyOf('data: {"type":"ping"}{"type":"ping","x":"word"}\n\n')).toBe(
      'data: {"type":"ping"}{"type":"ping","x":"xxxx"}\n\n',
    );
  });

  test("that is cut within a string is cut at the same place.", () => {
    expect(copyOf('data: {"text":"hello wor')).toBe('data: {"text":"xxxxx xxx');
  });
});

describe("Arguments in pieces", () => {
  test("are joined for each call, and match the whole arguments at the end.", async () => {
    const pieces = [
      call(0, '{"ci', "look"),
      call(1, '{"q', "find"),
      call(0, 'ty":"Par'),
      call(1, '":"a\\u00'),
      call(0, 'is"}'),
      call(1, 'e9"}'),
    ];
    const copy = redact([chat(...pieces, finish("tool_calls"))]);
    const { responses, findings } = await reportOfBytes(copy);
    expect(responses[0]?.items.map((item) => item.arguments)).toEqual(['{"city":"Xxxxx"}', '{"q":"x\\u00e9"}']);
    expect(findings.map(({ rule }) => rule)).not.toContain("arguments-invalid-json");
  });

  test("are distinguished from text that looks the same.", () => {
    const both = {
      role: "assistant",
      content: '{"',
      tool_calls: [{ index: 0, id: "call_a", function: { name: "f", arguments: '{"' } }],
    };
    const copy = copyOf(
      chat(
        chunk([{ index: 0, delta: both }]),
        call(0, 'key":"word"}'),
        chunk([{ index: 0, delta: { content: "key" } }]),
      ),
    );
    expect(copy).toContain('"arguments":"key\\":\\"xxxx\\"}"');
    expect(copy).toContain('"content":"xxx"');
  });
});

describe("A document that is not a stream", () => {
  test("is redacted by the same rules if it is JSON.", () => {
    const text =
      '{\n  "error": {\n    "type": "invalid_request_error",\n    "message": "no ship",\n    "code": "404"\n  }\n}\n';
    const copy = text.replace("no ship", "xx xxxx");
    expect(copyOf(text)).toBe(copy);
    expect(copyOf(text, { http: { status: 404, statusText: "", contentType: null, location: null } })).toBe(copy);
  });

  test("is text otherwise.", () => {
    expect(copyOf("<html><title>Bad 502</title></html>")).toBe("<xxxx><xxxxx>Xxx 000</xxxxx></xxxx>");
    expect(copyOf("")).toBe("");
  });

  test.each(["log", "har", "cassette", "nock", "curl"])("is refused if its framing is named %s.", (framing) => {
    expect(() => createCaptureRedactor({ framing, dialect: null, maxEventBytes: MEBIBYTE, http: null })).toThrow(
      `a capture of the framing ${framing} cannot be redacted`,
    );
  });

  test("is refused if it is compressed, or if another framing is detected.", () => {
    expect(() => redact([Uint8Array.of(0x1f, 0x8b, 8)])).toThrow("a compressed capture cannot be redacted");
    expect(() => redact(["HTTP/1.1 200 OK\r\n\r\ndata: x\n\n"])).toThrow("a capture of the framing curl");
    expect(() => redact([fixtureNamed("aws-eventstream/decoded-bytes-as-numbers.ndjson").bytes])).toThrow(
      "a capture whose events are wrapped in `bytes` that are not Base64 cannot be redacted",
    );
  });
});

describe("An event that is too large", () => {
  const small = 'event: ping\ndata: {"type":"ping"}\n\n';
  const large = `id: 7\ndata: {"type":\ndata: "ping","text":"${"word é ".repeat(40)}"}\n\n`;

  test.each(chunkings)("makes everything after it text: $name", ({ cut }) => {
    const input = Buffer.from(small + large + small);
    const copy = redact(cut(input), { maxEventBytes: 200 }).toString("utf8");
    const [before, rest = ""] = copy.split("id: 7\n");
    expect(before).toBe(small);
    expect(rest).toBe(
      `data: {"xxxx":\nxxxx: "xxxx","xxxx":"${"xxxx é ".repeat(40)}"}\n\n${small.replaceAll(/[a-z]/g, "x")}`,
    );
    expect(Buffer.byteLength(copy)).toBe(input.length);
  });

  test("does so in lines of JSON and in a document too.", () => {
    const line = `{"type":"ping","text":"${"word ".repeat(60)}"}\n`;
    expect(copyOf(`{"type":"ping"}\n${line}`, { maxEventBytes: 200 })).toBe(
      `{"type":"ping"}\n${line.replaceAll(/[a-z]/g, "x")}`,
    );
    const http = { status: 500, statusText: "", contentType: null, location: null };
    expect(copyOf(line, { maxEventBytes: 200, http })).toBe(line.replaceAll(/[a-z]/g, "x"));
  });
});

describe("Size", () => {
  test("of one line may be many MiB, in one chunk or in many.", () => {
    const sizeBytes = tried(2, 20) * MEBIBYTE;
    const text = `data: {"type":"x","delta":"${"word é \\u00e9 ".repeat(sizeBytes / 14)}"}\n\n`;
    const bytes = Buffer.from(text);
    const whole = redact([bytes]);
    expect(whole.length).toBe(bytes.length);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 4096) }, (_, index) =>
      bytes.subarray(index * 4096, (index + 1) * 4096),
    );
    expect(redact(pieces).equals(whole)).toBe(true);
  });

  test("of the held bytes is at most one event, even with comments and blank lines.", () => {
    const redactor = createCaptureRedactor({ framing: null, dialect: null, maxEventBytes: MEBIBYTE, http: null });
    let held = 0;
    for (let index = 0; index < 2000; index += 1) {
      const bytes = Buffer.from(`${stream({ type: "ping" })}: keep-alive\n\n\n\n`);
      held += bytes.length - redactor.push(bytes).length;
    }
    expect(held).toBe(0);
  });
});

test.each(['{"type":"a"}\n secret\n', '{"type":"a"}\n\t{"text":"secret"}\n', '{"type":"a"}\n,[secret\n'])(
  "A line that begins with characters allowed between payloads is redacted, however it is cut: %j",
  (input) => {
    const copies = chunkings.map(({ cut }) => redact(cut(Buffer.from(input))).toString());
    expect(new Set(copies)).toEqual(new Set([input.replace("secret", "xxxxxx")]));
  },
);
