// Cases that the fixtures of ai-sdk-data do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { reportOf } from "../../support/read-report.ts";

const TEXT = '0:"Ebb."\n';

test.each([
  ["stop", "completed"],
  ["tool-calls", "completed"],
  ["unknown", "completed"],
  ["length", "incomplete"],
  ["content-filter", "incomplete"],
  ["error", "failed"],
])("The reason %s is %s", async (reason, verdict) => {
  const report = await reportOf(`${TEXT}d:{"finishReason":"${reason}","usage":{"promptTokens":null}}`);
  expect(report).toMatchObject({ dialect: "ai-sdk-data", framing: "ai-sdk-data" });
  expect(report.responses).toMatchObject([{ verdict, status: reason, text: "Ebb.", usage: null }]);
});

test("A file is media, and data of the application is not part of the response", async () => {
  const end = 'd:{"finishReason":"stop"}\n';
  const report = await reportOf(`k:{"mimeType":"image/png","data":"AAAA"}\n2:[1]\n8:["a"]\n2:"b"\n${end}`);
  expect(report).toMatchObject({ verdict: "completed", responses: [{ items: [{ type: "file" }] }], findings: [] });
});

test.each(["0:[]", "9:[]", '9:"a"', '0:"a', "9:{"])("The part %s cannot be read", async (part) => {
  const { findings } = await reportOf(`${TEXT}${part}\nd:{"finishReason":"stop"}\n`);
  expect(findings.map(({ severity }) => severity)).toContain("error");
});

test("Two messages are two responses", async () => {
  const message = `${TEXT}d:{"finishReason":"stop"}\n`;
  const report = await reportOf(message + message);
  expect(report).toMatchObject({ responses: [{ text: "Ebb." }, { text: "Ebb." }], findings: [] });
});

test("No other dialect claims a part, and longer type codes are not claimed", () => {
  expect(claimantsOf({ event: "0", data: '"Ebb."' })).toEqual(["ai-sdk-data"]);
  expect(claimantsOf({ event: "f", data: '{"messageId":"a"}' })).toEqual(["ai-sdk-data"]);
  expect(claimantsOf({ event: "a", data: '{"text":"Ebb."}' })).toEqual([]);
  for (const event of ["00", "a", "l", "message"]) expect(claimantsOf({ event, data: '"Ebb."' })).toEqual([]);
});
