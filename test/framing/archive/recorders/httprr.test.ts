import { expect, test } from "vitest";
import { httprr } from "../../../../src/framing/archive/recorders/httprr.ts";
import { readStreams } from "../../support/read-streams.ts";

const LINES = ["data: 1", "data: é", ": low tide", "data: 3"];
const BODY = LINES.map((line) => `${line}\n\n`).join("");
const REQUEST = "POST https://api.example/v1/responses?key=abc HTTP/1.1\r\nHost: api.example\r\n\r\n{}";
const HEAD = "HTTP/2.0 200 OK\r\nContent-Type: text/event-stream\r\n";

function trace(...responses: readonly string[]): Buffer {
  const exchanges = responses.map(
    (response) => `${Buffer.byteLength(REQUEST)} ${Buffer.byteLength(response)}\n${REQUEST}${response}`,
  );
  return Buffer.from(`httprr trace v1\n${exchanges.join("")}`);
}

/** Chunks of `size` bytes. */
function chunked(body: string, size: number): string {
  const bytes = Buffer.from(body).toString("latin1");
  const chunks = bytes.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
  const coded = [...chunks, ""].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("");
  return Buffer.from(coded, "latin1").toString();
}

test.each([
  ["whole", `${HEAD}\r\n${BODY}`],
  ["in one chunk", `${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunked(BODY, 200)}`],
  ["in chunks that end with lines", `${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunked(BODY, 9)}`],
])("A body that is %s is read, and its lines are found in the trace", async (_, response) => {
  const input = trace(response, response);
  const { streams } = await readStreams(httprr, [input]);
  expect(streams).toHaveLength(2);
  for (const { body, head } of streams) {
    expect(body).toBe(BODY);
    expect(head).toMatchObject({
      http: { status: 200, statusText: "OK", contentType: "text/event-stream" },
      place: { name: "POST https://api.example/v1/responses" },
    });
    for (const [index, line] of LINES.entries()) {
      const place = head.placeOfLine?.(index * 2 + 1) ?? { line: 0, offset: 0 };
      expect(input.toString("utf8", place.offset).replaceAll("\r\n", "").startsWith(line.slice(0, 5))).toBe(true);
      expect(input.toString("latin1", 0, place.offset).split("\n")).toHaveLength(place.line);
    }
  }
  expect(streams[0]?.head.place?.line).toBe(3);
});

test("A response without a body is one that is no stream", async () => {
  expect(await readStreams(httprr, [trace("HTTP/1.1 204 No Content\r\n\r\n")])).toMatchObject({ skippedAnswers: 1 });
  expect(await readStreams(httprr, [trace("")])).toMatchObject({ skippedAnswers: 1 });
});

test("A trace without exchanges is empty", async () => {
  const { streams } = await readStreams(httprr, [trace()]);
  expect(streams[0]?.head.around).toBe("a trace of httprr without a recorded response");
});
