// The lines of a body are found in the archive, however it is written there.
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { cassette } from "../../../src/framing/archive/recorders/cassette.ts";
import { har } from "../../../src/framing/archive/har/har.ts";
import type { Framing } from "../../../src/framing/framing.ts";
import { run } from "../../support/io.ts";
import { readStreams } from "../support/read-streams.ts";

const LINES = Array.from(
  { length: 6 },
  (_, index) => `data: {"n":${index},"text":"é it's “${"word ".repeat(index * 4)}”"}`,
);

function bodyOf(lineEnd: string): string {
  return LINES.map((line) => line + lineEnd + lineEnd).join("");
}

function interactionsOf(...bodies: readonly string[]): object {
  const interactions = bodies.map((body) => ({
    request: { method: "POST", uri: "https://api.example/é" },
    response: { status: { code: 200 }, headers: { "content-type": "text/event-stream" }, body: { string: body } },
  }));
  return { interactions };
}

function harOf(body: string): object {
  const response = { status: 200, content: { mimeType: "text/event-stream", text: body } };
  return {
    log: { version: "1.2", comment: "é", entries: [{ request: { method: "POST", url: "https://a/b" }, response }] },
  };
}

/** What the archive has at the places of the data lines of each of its bodies, which must be on the lines that they say. */
async function foundIn(framing: Framing, text: string): Promise<string[][]> {
  const document = Buffer.from(text);
  const { streams } = await readStreams(framing, [document]);
  return streams.map(({ head }) =>
    LINES.map((_, index) => {
      const { line, offset } = head.placeOfLine?.(index * 2 + 1) ?? { line: 0, offset: 0 };
      expect(document.toString("latin1", 0, offset).split("\n")).toHaveLength(line);
      return document.toString("utf8", offset, offset + "data:".length);
    }),
  );
}

const allFound = LINES.map(() => "data:");

describe.each(["\n", "\r\n", "\r"])("Lines that end in %j are found", (lineEnd) => {
  test("in a HAR file, on one line and on many", async () => {
    for (const indent of [0, 2]) {
      expect(await foundIn(har, JSON.stringify(harOf(bodyOf(lineEnd)), null, indent))).toEqual([allFound]);
    }
  });

  test("in a cassette of JSON", async () => {
    const text = JSON.stringify(interactionsOf(bodyOf(lineEnd), bodyOf(lineEnd)), null, 1);
    expect(await foundIn(cassette, text)).toEqual([allFound, allFound]);
  });

  test("in YAML, in double quotes, folded or not", async () => {
    for (const lineWidth of [0, 40, 80]) {
      const options = { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN", lineWidth } as const;
      const text = stringify(interactionsOf(bodyOf(lineEnd), bodyOf(lineEnd)), options);
      expect(await foundIn(cassette, text)).toEqual([allFound, allFound]);
    }
  });
});

test.each(["BLOCK_LITERAL", "QUOTE_SINGLE", "PLAIN"] as const)("Lines are found in YAML's style %s", async (style) => {
  for (const lineWidth of [0, 40, 80]) {
    const options = { defaultStringType: style, defaultKeyType: "PLAIN", lineWidth } as const;
    expect(await foundIn(cassette, stringify(interactionsOf(bodyOf("\n"), bodyOf("\n")), options))).toEqual([
      allFound,
      allFound,
    ]);
  }
});

test("A body that is encoded is where it begins, and one in a file of its own where that is named", async () => {
  const base64 = Buffer.from(bodyOf("\n")).toString("base64");
  const response = { status: 200, content: { mimeType: "text/event-stream", encoding: "base64", text: base64 } };
  const text = JSON.stringify({ log: { version: "1.2", entries: [{ request: {}, response }] } }, null, 1);
  const { streams } = await readStreams(har, [text]);
  const place = streams[0]?.head.placeOfLine?.(9);
  expect(text.split("\n")[(place?.line ?? 0) - 1]).toContain(base64.slice(0, 20));
});

test("A byte order mark moves no place", async () => {
  const text = stringify(interactionsOf(bodyOf("\n")), { defaultStringType: "BLOCK_LITERAL", defaultKeyType: "PLAIN" });
  expect(await foundIn(cassette, `\ufeff${text}`)).toEqual([allFound]);
  expect(await foundIn(cassette, `\ufeff${JSON.stringify(interactionsOf(bodyOf("\n")), null, 1)}`)).toEqual([allFound]);
});

test("Lines are found in a YAML file whose lines end in CRLF, and behind another document", async () => {
  const text = stringify(interactionsOf(bodyOf("\n")), { defaultStringType: "BLOCK_LITERAL", defaultKeyType: "PLAIN" });
  expect(await foundIn(cassette, text.replaceAll("\n", "\r\n"))).toEqual([allFound]);
  expect(await foundIn(cassette, `${text}---\n${text}`)).toEqual([allFound, allFound]);
});

test("Findings have both places, in every report", async () => {
  const cut = JSON.stringify(harOf(`: hey\n\n${LINES[0]}\n\ndata: {"n"`), null, 1);
  const { stdout } = await run(["check", "--framing", "har", "--reporter", "ndjson", "-"], {
    stdin: [Buffer.from(cut)],
  });
  const line = cut.split("\n").findIndex((text) => text.includes('"text":')) + 1;
  expect(JSON.parse(stdout)).toMatchObject({ findings: [{ line, bodyLine: 5 }] });
});
