// Files of recorders that are damaged, or are something else.
import { describe, expect, test } from "vitest";
import { recorders } from "../../../../src/framing/archive/recorders/index.ts";
import type { Framing } from "../../../../src/framing/framing.ts";
import { refusalOf } from "../../support/read-streams.ts";

function named(name: string): Framing {
  const framing = recorders.find((known) => known.name === name);
  if (framing === undefined) throw new Error(`no recorder is named ${name}`);
  return framing;
}

describe("What is no file of a recorder is refused with what to do", () => {
  test.each([
    ["cassette", '{"a":1}', "this is not a cassette: it has no list of interactions"],
    ["httpmock", "when:\n  path: /\n", "this is not a recording of httpmock: it has no `then`"],
    ["httpmock", "when: {\n", "this recording of httpmock cannot be read"],
    ["llama-stack", '{"test_id":', "this recording of Llama Stack cannot be read: it is not one whole JSON document"],
    ["llama-stack", "[]", "this is not a recording of Llama Stack"],
    ["mastra", "{}", "it has no list of recordings"],
    ["nock", '{"scope":""}', "this is not a recording of nock"],
    ["nock", '[{"scope"', "it is not one whole JSON document"],
    ["req-llm", '{"chunks":[]}', "it has no response"],
    ["request-response", '{"request":{}}', "it has no response"],
    ["wiremock", '{"request":{}}', "it has no response"],
    ["wiremock", "---\nrequest: *a\n", "this mapping of WireMock cannot be read"],
    ["httprr", "a trace\n", 'it does not begin with "httprr trace v1"'],
    ["httprr", "httprr trace v1\n10\n", "the sizes of request and response are not at byte 16"],
    ["httprr", "httprr trace v1\n10 20\nabc", "it ends at byte 25, before byte 52"],
  ])("%s: %j", async (name, input, message) => {
    const refusal = await refusalOf(named(name), input);
    expect(refusal).toContain(message);
    expect(refusal).toContain("check whether the file is complete, or set --framing");
  });
});
