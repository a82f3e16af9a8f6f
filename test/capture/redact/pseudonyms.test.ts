import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tried } from "../../support/exhaustive.ts";
import { createPseudonyms, LONGEST_ID } from "../../../src/capture/redact/pseudonyms.ts";

const key = new Uint8Array(32).fill(1);

describe("The pseudonym of an id", () => {
  const pseudonyms = createPseudonyms(key);

  test("keeps the prefix that shows the type of object.", () => {
    expect(pseudonyms("resp_0a1b2c3d")).toMatch(/^resp_\d[a-z]\d[a-z]\d[a-z]\d[a-z]$/);
    expect(pseudonyms("chatcmpl-tool-AbCdEf")).toMatch(/^chatcmpl-tool-(?:[A-Z][a-z]){3}$/);
  });

  test("differs from the id, and is always the same.", () => {
    expect(pseudonyms("msg_abcdefgh")).not.toBe("msg_abcdefgh");
    expect(pseudonyms("msg_abcdefgh")).toBe(createPseudonyms(key)("msg_abcdefgh"));
    expect(pseudonyms("msg_abcdefgh")).not.toBe(createPseudonyms(new Uint8Array(32))("msg_abcdefgh"));
  });

  test.each(["", "0", "txt-0", "null", "call_12"])("is the id itself if that is short: '%s'", (id) => {
    expect(pseudonyms(id)).toBe(id);
  });

  test("is as long as the id.", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (id) => pseudonyms(id).length === id.length));
    expect(pseudonyms("a".repeat(LONGEST_ID)).length).toBe(LONGEST_ID);
  });

  test("is unique.", () => {
    const ids = Array.from(
      { length: tried(10_000, 100_000) },
      (_, number) => `call_${String(number).padStart(5, "0")}`,
    );
    expect(new Set(ids.map((id) => pseudonyms(id))).size).toBe(ids.length);
  });
});
