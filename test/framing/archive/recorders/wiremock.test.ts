import { describe, expect, test } from "vitest";
import { wiremock } from "../../../../src/framing/archive/recorders/wiremock.ts";
import { BASE64, read, TEXT } from "../support/recording.ts";

const mapping = (response: object) => ({
  request: { urlPath: "/v1/responses", method: "POST", bodyPatterns: [] },
  response: { status: 200, headers: { "Content-Type": "text/event-stream" }, ...response },
});

describe("WireMock", () => {
  test.each([
    ["text", mapping({ body: TEXT })],
    ["base64", mapping({ base64Body: BASE64 })],
    ["a list", { mappings: [mapping({ body: TEXT })], meta: { total: 1 } }],
  ])("%s", async (_, value) => {
    expect((await read(wiremock, value)).streams).toMatchObject([
      { body: TEXT, head: { place: { name: "POST /v1/responses", line: 1 } } },
    ]);
  });

  test("names the file of a body that is not there", async () => {
    const { streams } = await read(wiremock, mapping({ bodyFileName: "tide-1.txt" }));
    expect(streams[0]?.head.instead).toContain("the body is in the file tide-1.txt, which was not found in __files");
  });

  test("keeps JSON that it parsed", async () => {
    expect(await read(wiremock, mapping({ headers: {}, jsonBody: { a: 1 } }))).toMatchObject({ skippedAnswers: 1 });
  });
});
