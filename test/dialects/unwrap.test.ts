// Events that contain other events, in all their notations.
import { describe, expect, test } from "vitest";
import { chunkFrame, eventFrame, frameOf, headerBlock } from "../support/frames.ts";
import { named } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { reportOf } from "../support/read-report.ts";
import { streamsOf } from "../support/streams-of.ts";

const inner = [
  { generation: "Low", prompt_token_count: 9, generation_token_count: 1, stop_reason: null },
  { generation: " tide", prompt_token_count: null, generation_token_count: 2, stop_reason: "stop" },
];
const texts = inner.map((event) => JSON.stringify(event));
const lines = (events: readonly unknown[]) => events.map((event) => `${JSON.stringify(event)}\n`).join("");

describe("A wrapped event", () => {
  test.each([
    ["in Base64", lines(texts.map((text) => ({ chunk: { bytes: Buffer.from(text).toString("base64") } })))],
    ["without its name", lines(texts.map((text) => ({ bytes: Buffer.from(text).toString("base64"), p: "ab" })))],
    ["as text", lines(texts.map((text) => ({ chunk: { bytes: text } })))],
    ["as a list", lines(texts.map((text) => ({ chunk: { bytes: [...Buffer.from(text)] } })))],
    [
      "as a typed array",
      lines(texts.map((text) => ({ chunk: { bytes: Object.fromEntries(Buffer.from(text).entries()) } }))),
    ],
    ["as a Buffer", lines(texts.map((text) => ({ chunk: { bytes: Buffer.from(text).toJSON() } })))],
    ["in SSE", texts.map((text) => `data: {"bytes":"${Buffer.from(text).toString("base64")}"}\n\n`).join("")],
  ])("is read %s", async (_, input) => {
    const report = await reportOf(input);
    expect(report).toMatchObject({ dialect: "bedrock-llama", verdict: "completed", responses: [{ text: "Low tide" }] });
    expect(report.findings).toEqual([]);
  });

  test("is invalid JSON at the place of its frame if it is damaged", async () => {
    const frames = [chunkFrame(inner[0]), eventFrame("chunk", { bytes: "!!!" }), chunkFrame(inner[1])];
    const { findings, dialect } = await reportOf(frames);
    expect(dialect).toBe("bedrock-llama");
    expect(findings).toMatchObject([{ rule: "invalid-json", line: 2, offset: frames[0]?.length }]);
  });

  test("is shown unchanged if its dialect is unknown", async () => {
    expect(await reportOf([chunkFrame({ tide: "low" })])).toMatchObject({ dialect: "generic", verdict: "ended" });
  });

  test.each(["{}", "[]", '"a"', "1", '{"0":1,"x":300}', '{"data":"a"}', "null"])(
    "does not exist for bytes %s",
    async (bytes) => {
      const { events } = await reportOf(`{"chunk":{"bytes":${bytes}}}\n`.repeat(2));
      expect(events).toBe(2);
    },
  );
});

describe("The stream of a model on Bedrock", () => {
  const models = fixtures.filter(({ name }) => /^aws-eventstream\/invoke-(?!exception)/.test(name));

  test("exists for each family of models", () => {
    expect(models.length).toBeGreaterThan(10);
  });

  test.each(named(models))("gives the same in every form: %s", async (name, { bytes }) => {
    const original = await reportOf([bytes]);
    const [stream] = await streamsOf(name, bytes);
    const texts = (stream?.readings ?? []).map(({ event }) => event.data);
    const encoded = texts.map((text) => Buffer.from(text).toString("base64"));
    const forms = [
      lines(encoded.map((bytes) => ({ chunk: { bytes } }))),
      lines(encoded.map((bytes) => ({ bytes, p: "ab" }))),
      lines(texts.map((text) => ({ chunk: { bytes: text } }))),
      encoded.map((bytes) => `data: ${JSON.stringify({ chunk: { bytes } })}\n\n`).join(""),
      encoded.map((bytes) => `data: ${JSON.stringify({ bytes })}\n\n`).join(""),
      // The content of the bytes.
      texts.map((text) => `${text}\n`).join(""),
    ];
    expect(original.responses[0]?.usage).not.toBeNull();
    for (const form of forms) {
      const { dialect, verdict, events, responses, findings } = await reportOf(form);
      expect({ dialect, verdict, events, responses }).toEqual({
        dialect: original.dialect,
        verdict: original.verdict,
        events: original.events,
        responses: original.responses,
      });
      expect(findings.map(({ rule }) => rule)).toEqual(original.findings.map(({ rule }) => rule));
    }
  });
});

describe("A failure", () => {
  test.each(["throttlingException", "modelStreamErrorException"])("%s is an error in any dialect", async (type) => {
    const headers = headerBlock({ ":exception-type": type, ":message-type": "exception" });
    const framed = await reportOf([chunkFrame(inner[0]), frameOf(headers, '{"message":"slow down"}')]);
    const decoded = await reportOf(lines([{ chunk: { bytes: texts[0] } }, { [type]: { message: "slow down" } }]));
    for (const report of [framed, decoded]) {
      expect(report).toMatchObject({
        dialect: "bedrock-llama",
        verdict: "failed",
        responses: [{ text: "Low", error: { type, code: null, message: "slow down" } }],
      });
    }
  });

  test("can have no JSON", async () => {
    const headers = headerBlock({ ":exception-type": "internalServerException", ":message-type": "exception" });
    const { responses } = await reportOf([chunkFrame(inner[0]), frameOf(headers, "gone")]);
    expect(responses).toMatchObject([{ error: { type: "internalServerException", message: "gone" } }]);
  });

  test("of the connection has its code in a header", async () => {
    const headers = headerBlock({
      ":error-code": "InternalFailure",
      ":error-message": "try again",
      ":message-type": "error",
    });
    const { responses } = await reportOf([chunkFrame(inner[0]), frameOf(headers, "")]);
    expect(responses).toMatchObject([{ error: { type: null, code: "InternalFailure", message: "try again" } }]);
  });
});
