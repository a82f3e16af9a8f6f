import { describe, expect, test } from "vitest";
import { errorRules } from "../../../src/rules/general/errors.ts";
import { created, data, errorEvent, failed, stream, streamFrom, textDelta } from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

const begun = stream(created(), textDelta("hey"));
const error = { code: "overloaded", message: "try later" };

describe("in-band-error", () => {
  test("is found at an error event, with code and message", async () => {
    const input = begun + streamFrom(2, errorEvent("overloaded", "try later"));
    expect(await found(errorRules, input)).toEqual(["in-band-error at 2: event: error"]);
    expect(await findingsOf(errorRules, input)).toMatchObject([
      { severity: "error", message: "overloaded: try later" },
    ]);
  });

  test("is found at a failed response without an error event", async () => {
    expect(await found(errorRules, begun + streamFrom(2, failed(error)))).toEqual([
      "in-band-error at 2: event: response.failed",
    ]);
  });

  test("is found once if the failed response repeats the error", async () => {
    const input = begun + streamFrom(2, errorEvent("overloaded", "try later"), failed(error));
    expect(await found(errorRules, input)).toEqual(["in-band-error at 2: event: error"]);
  });

  test("is found again if the failed response reports another error", async () => {
    const input = begun + streamFrom(2, errorEvent("other", "not now"), failed(error));
    expect(await found(errorRules, input)).toEqual([
      "in-band-error at 2: event: error",
      "in-band-error at 3: event: response.failed",
    ]);
  });

  test("is found again in another response", async () => {
    const once = stream(created(), failed(error));
    expect(await found(errorRules, once + once)).toEqual([
      "in-band-error at 1: event: response.failed",
      "in-band-error at 3: event: response.failed",
    ]);
  });

  test("is found again in another response if the first ended with the error event", async () => {
    const first = stream(created(), errorEvent("overloaded", "try later"));
    const second = first.replace("resp_1", "resp_2");
    expect((await findingsOf(errorRules, first + second)).map(({ event }) => event)).toEqual([1, 3]);
  });

  test("is found in a stream of unknown dialect", async () => {
    expect(await found(errorRules, data("hello") + data('{"error":{"message":"no"}}'))).toEqual([
      'in-band-error at 1: data: {"error":{"message":"no"}}',
    ]);
  });
});
