import { describe, expect, test } from "vitest";
import { errorRules } from "../../../../src/rules/general/errors.ts";
import type { ProfileName } from "../../../../src/rules/profiles.ts";
import type { Finding } from "../../../../src/model/finding.ts";
import {
  created,
  data,
  errorEvent,
  event,
  failed,
  stream,
  streamFrom,
  textDelta,
  type Payload,
} from "../../../support/stream.ts";
import { findingsOf, found } from "../../../rules/support/found.ts";
import { errorShapeRules } from "../../../../src/dialects/openai-responses/rules/errors.ts";

/** An event with an error's shape is also an error. */
const errorFamilies = { rules: [...errorRules.rules, ...errorShapeRules.rules] };
const begun = stream(created(), textDelta("hey"));
const error = { code: "overloaded", message: "try later" };
const nested: Payload = { type: "error", error: { type: "server_error", ...error, param: null } };

/** The findings of error-shape if the failed response follows `payload`. */
async function shapesIn(payload: Payload, profile: ProfileName = "openai"): Promise<Finding[]> {
  const input = begun + streamFrom(2, payload, failed(error));
  return (await findingsOf(errorShapeRules, input, profile)).filter(({ rule }) => rule === "error-shape");
}

describe("error-shape", () => {
  test("is found if the error is nested, which OpenAI sends but does not document", async () => {
    expect(await shapesIn(nested)).toMatchObject([
      {
        severity: "info",
        event: 2,
        line: 7,
        expected: expect.stringContaining('"type":"error","code"'),
        seen: expect.stringContaining('"error":{"code"'),
      },
    ]);
    expect(await shapesIn(nested, "lenient")).toMatchObject([{ severity: "info" }]);
  });

  test("is found under Open Responses if the error is flat, because it must be nested there", async () => {
    expect(await shapesIn(nested, "open-responses")).toEqual([]);
    expect(await shapesIn(errorEvent("overloaded", "try later"), "open-responses")).toMatchObject([
      { severity: "warning" },
    ]);
  });

  test("is not found if the error is as documented, or has both shapes", async () => {
    const both = { ...errorEvent("overloaded", "try later"), ...nested };
    expect(await shapesIn(errorEvent("overloaded", "try later"))).toEqual([]);
    expect(await shapesIn(both)).toEqual([]);
    expect(await shapesIn(both, "open-responses")).toEqual([]);
  });

  test.each([
    ["an error that is a string", { type: "error", error: "overloaded" }, "{type, sequence_number, error}"],
    ["no message", { type: "error", code: "overloaded" }, "{type, sequence_number, code}"],
  ])("is found for %s", async (_, payload, seen) => {
    expect(await shapesIn(payload)).toMatchObject([{ seen }]);
  });

  test("is found at the error of a gateway that knows no event types", async () => {
    const input = begun + data('{"error":{"message":"upstream timeout"}}');
    expect(await found(errorFamilies, input)).toEqual([
      'in-band-error at 2: data: {"error":{"message":"upstream timeout"}}',
      'error-shape at 2: data: {"error":{"message":"upstream timeout"}}',
    ]);
  });

  test("is found under every profile if the payload has no error type", async () => {
    const untyped = 'event: error\ndata: {"message":"no","error":{"message":"no"},"sequence_number":2}\n\n';
    for (const profile of ["openai", "open-responses"] as const) {
      const findings = await findingsOf(errorFamilies, begun + untyped, profile);
      expect(findings.map(({ rule }) => rule)).toEqual(["in-band-error", "error-shape"]);
    }
  });

  test("is not found in a failed response, or in a stream of another dialect", async () => {
    expect(await found(errorFamilies, begun + streamFrom(2, failed(error)))).toHaveLength(1);
    expect(await found(errorFamilies, data("hello") + event({ type: "error", error: "no" }))).toEqual([
      "in-band-error at 1: event: error",
    ]);
  });
});
