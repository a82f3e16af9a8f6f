import { expect, test } from "vitest";
import { createFramer } from "../../src/framing/create-framer.ts";
import type { HttpHead } from "../../src/model/http-head.ts";

const SWITCHED: HttpHead = { status: 101, statusText: "", contentType: null, location: null };
const INPUT = '{"a":1}\n\nplain text\n[2]\n';

function read(name: string | null, http: HttpHead | null, input = INPUT) {
  const found: unknown[] = [];
  const framer = createFramer(
    name,
    ({ framing }) => {
      found.push(framing);
      return {
        bytes() {},
        defect() {},
        close() {},
        record(record) {
          if (record.type === "event") found.push([record.line, record.data]);
          else if (record.type === "stray") found.push([record.line, "stray"]);
        },
      };
    },
    { maxEventBytes: 1000, http },
  );
  for (const byte of Buffer.from(input)) framer.push(Buffer.from([byte]), null);
  framer.end();
  return found;
}

test("After a handshake response, every line is a message, whatever it begins with.", () => {
  const events = [
    [1, '{"a":1}'],
    [3, "plain text"],
    [4, "[2]"],
  ];
  expect(read(null, SWITCHED)).toEqual(["websocket", ...events]);
  expect(read(null, SWITCHED, "data: 1\n")).toEqual(["websocket", [1, "data: 1"]]);
});

test("Otherwise lines are JSON, and lines that are not JSON are stray.", () => {
  expect(read(null, null)).toEqual(["ndjson", [1, '{"a":1}'], [3, "stray"], [4, "[2]"]]);
  expect(read("websocket", null)).toEqual(["websocket", [1, '{"a":1}'], [3, "stray"], [4, "[2]"]]);
});
