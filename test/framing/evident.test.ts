// A bare stream is recognised by its first field alone: no other framing accepts such an input.
import { assert, constantFrom, oneof, property, uint8Array } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Framing } from "../../src/framing/framing.ts";
import { framings } from "../../src/framing/index.ts";
import { isBareStream } from "../../src/framing/sse.ts";
import { fixtures } from "../support/fixtures.ts";

/** The framing found by asking each of them in turn. */
function detected(bytes: Uint8Array): string | undefined {
  return framings.find((framing: Framing) => framing.detect(bytes, true, null) === true)?.name;
}

const bare = fixtures.filter(({ bytes }) => isBareStream(bytes, null));

test("Most fixtures are bare streams.", () => {
  expect(bare.length).toBeGreaterThan(fixtures.length / 3);
});

describe("Without it, the framings in turn give the same:", () => {
  test.each(bare.map(({ name, bytes }) => ({ name, bytes })))("$name", ({ bytes }) => {
    expect(detected(bytes)).toBe("sse");
  });

  test("inputs that go on like another framing", () => {
    const first = constantFrom("data:", "data: ", "event:", "event: a\n", "data: {}\n", "event: ping\ndata: 1\n\n");
    const other = fixtures
      .filter(({ bytes }) => !isBareStream(bytes, null))
      .map(({ bytes }) => bytes.subarray(0, 4096));
    const rest = oneof(constantFrom(...other), uint8Array({ maxLength: 200 }));
    assert(
      property(first, rest, (start, bytes) => {
        expect(detected(Buffer.concat([Buffer.from(start), bytes]))).toBe("sse");
      }),
    );
  });
});

test("A message of a WebSocket that begins like a field is not a bare stream.", () => {
  const http = { status: 101, statusText: "Switching Protocols", contentType: null, location: null };
  expect(isBareStream(Buffer.from("data: {}"), http)).toBe(false);
});
