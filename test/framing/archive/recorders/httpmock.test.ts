import { describe, expect, test } from "vitest";
import { httpmock } from "../../../../src/framing/archive/recorders/httpmock.ts";
import { BASE64, bodiesOf, read, TEXT } from "../support/recording.ts";

describe("httpmock", () => {
  test.each([
    ["text", `  body: ${JSON.stringify(TEXT)}\n`],
    ["base64, as rig writes it", `  body: ${BASE64}\n  body_encoding: base64\n`],
    ["base64", `  body_base64: ${BASE64}\n`],
  ])("%s", async (_, body) => {
    const text = `when:\n  path: /v1/responses\n  method: POST\nthen:\n  status: 200\n  header:\n  - name: content-type\n    value: text/event-stream\n${body}`;
    expect(await bodiesOf(httpmock, text)).toEqual([TEXT]);
    expect((await read(httpmock, `${text}---\n${text}---\n`)).streams.map(({ head }) => head.place?.line)).toEqual([
      1,
      text.split("\n").length + 1,
    ]);
  });
});
