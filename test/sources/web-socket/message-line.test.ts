import { expect, test } from "vitest";
import { lineOf } from "../../../src/sources/web-socket/message-line.ts";

test.each([
  ["text", Buffer.from("hey ä"), false, "hey ä\n"],
  ["empty text", Buffer.from(""), false, "\n"],
  ["JSON over several lines", Buffer.from('{\n  "a": "b\\n"\r\n}\n'), false, '{   "a": "b\\n"  } \n'],
  ["JSON in a binary message", Buffer.from('{"a":1}'), true, '{"a":1}\n'],
  ["binary that is not UTF-8", Buffer.from([0xff, 0x0a]), true, "/wo=\n"],
  ["binary with a NUL", Buffer.from([0x61, 0]), true, "YQA=\n"],
])("A message is one line: %s.", (_, message, isBinary, line) => {
  const before = Buffer.from(message);
  expect(lineOf(message, isBinary).toString()).toBe(line);
  // The same bytes are relayed.
  expect(message).toEqual(before);
});
