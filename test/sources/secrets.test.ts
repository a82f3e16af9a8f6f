import { describe, expect, test } from "vitest";
import {
  basicCredentials,
  maskSecrets,
  maskChunks,
  maskHeaders,
  maskUrl,
  secretsOf,
  spellings,
} from "../../src/sources/secrets.ts";
import type { Chunk } from "../../src/model/chunk.ts";
import { chunkings } from "../support/chunkings.ts";

describe("A URL is shown", () => {
  test.each([
    ["https://api.example.com/v1?alt=sse&key=sk-123", "https://api.example.com/v1?alt=sse&key=REDACTED"],
    ["https://h/?API_KEY=a&access_token=b&x=1", "https://h/?API_KEY=REDACTED&access_token=REDACTED&x=1"],
    ["https://h/?key=a&key=b", "https://h/?key=REDACTED"],
    ["https://h/v1;key=a;n=1/x;api-key=b?y=1", "https://h/v1;key=REDACTED;n=1/x;api-key=REDACTED?y=1"],
    ["https://h/?sig=a&X-Amz-Signature=b&code=c", "https://h/?sig=REDACTED&X-Amz-Signature=REDACTED&code=REDACTED"],
    ["https://me:secret@h/x", "https://REDACTED:REDACTED@h/x"],
    ["https://token@h/x", "https://REDACTED@h/x"],
    ["https://h/a/b?model=m&stream=true#part", "https://h/a/b?model=m&stream=true#part"],
    ["https://h/#access_token=a&state=b&id_token=c", "https://h/#access_token=REDACTED&state=b&id_token=REDACTED"],
    ["https://h/#/there?token=a", "https://h/#/there?token=REDACTED"],
  ])("%s as %s.", (url, shown) => {
    expect(maskUrl(new URL(url))).toBe(shown);
  });
});

test("A parameter with a secret is hidden, whatever its name.", () => {
  const url = new URL("https://h/?q=my+sk-123456&x=sk-12345#me=sk-123456");
  expect(maskUrl(url, ["sk-123456"])).toBe("https://h/?q=REDACTED&x=sk-12345#me=REDACTED");
});

describe("The URL of a redirect in response headers is shown without its keys", () => {
  test.each([
    ["https://other/there?key=SECRET&x=1", "https://other/there?key=REDACTED&x=1"],
    ["/there?key=SECRET", "https://h/there?key=REDACTED"],
    ["?key=SECRET", "https://h/v1/here?key=REDACTED"],
    ["//user:SECRET@other/there", "https://REDACTED:REDACTED@other/there"],
    ["/there#access_token=SECRET", "https://h/there#access_token=REDACTED"],
    ["https://exa mple/there?key=SECRET", "https://exa mple/there"],
    ["https://user:SECRET@exa mple/there", "https://…"],
    ["https://exa mple/sk-123456", "https://exa mple/REDACTED"],
  ])("%s", (location, shown) => {
    const base = new URL("https://h/v1/here");
    expect(maskHeaders([["location", location]], base, ["sk-123456"])).toEqual({ location: shown });
  });
});

describe("The secrets of a URL", () => {
  test("are the values of its secret parameters, raw and decoded.", () => {
    const secrets = secretsOf(new URL("https://h/?alt=sse-sse&key=a%2Fb%20c+d%3D&token=123456"));
    expect(secrets).toEqual(expect.arrayContaining(["a/b c d=", "a%2Fb%20c+d%3D", "123456"]));
    expect(secrets).not.toContain("sse-sse");
  });

  test("are its password in all forms, or its user if there is no password.", () => {
    const secrets = secretsOf(new URL("https://someone:pass%20word@h/"));
    expect(secrets).toEqual(expect.arrayContaining(["pass%20word", "pass word", btoa("someone:pass word")]));
    expect(secrets).not.toContain("someone");
    expect(secretsOf(new URL("https://sk-token@h/"))).toContain("sk-token");
  });

  test("do not include values so short that they occur in other words.", () => {
    expect(secretsOf(new URL("https://h/?token=1&key=data"))).toEqual([]);
  });

  test("are empty for a plain URL.", () => {
    expect(secretsOf(new URL("https://h/v1?stream=true&model=gpt-5-mini"))).toEqual([]);
  });
});

test.each([
  ["http://h/", null],
  ["http://me:pass@h/", "me:pass"],
  ["http://me@h/", "me:"],
  ["http://:pass@h/", ":pass"],
  ["http://100%:%zz@h/", "100%:%zz"],
  ["http://%C5%82:%F0%9F%99%82@h/", "ł:🙂"],
])("The credentials of %s are %j.", (url, userinfo) => {
  const encoded = userinfo === null ? null : Buffer.from(userinfo).toString("base64");
  expect(basicCredentials(new URL(url))).toBe(encoded);
});

test.each([
  ["as plain text", 'ab/c"d\\e+f=='],
  ["as in a URL", "ab%2Fc%22d%5Ce%2Bf%3D%3D"],
  ["as in a URL, in lower case", "ab%2fc%22d%5ce%2bf%3d%3d"],
  ["as in JSON", 'ab/c\\"d\\\\e+f=='],
  ["as in JSON with escaped slashes", 'ab\\/c\\"d\\\\e+f=='],
  ["as Gson writes it", 'ab/c\\"d\\\\e+f\\u003d\\u003d'],
  ["as .NET writes it", 'ab/c\\"d\\\\e\\u002Bf=='],
  ["with some escaped and some not", 'ab/c\\"d\\\\e\\u002bf\\u003d\\u003d'],
  ["as in HTML", 'ab/c\\"d\\\\e&#43;f=='],
  ["as in HTML, in hexadecimal", 'ab&#x2F;c\\"d\\\\e&#x2B;f&#x3D;&#x3D;'],
  ["with all escapable characters escaped", 'ab\\u002fc\\"d\\\\e\\u002bf\\u003d\\u003d'],
])("A secret is hidden %s.", (_, spelled) => {
  expect(maskSecrets(`key ${spelled}.`, spellings(['ab/c"d\\e+f==']))).toBe("key REDACTED.");
});

test("A text too short to be a secret stays.", () => {
  expect(spellings(["short", ""])).toEqual([]);
});

test("Every secret in a text is replaced, longer ones first.", () => {
  const secrets = spellings(["abcdef", "abcdefgh"]);
  expect(maskSecrets("abcdef, abcdefgh, abcdefabcdef; abcde", secrets)).toBe(
    "REDACTED, REDACTED, REDACTEDREDACTED; abcde",
  );
});

describe("The chunks of a body", () => {
  const secrets = spellings(["sk-123/456", "żółty-klucz"]);
  const body = Buffer.from("é sk-123/456 sk-123\\/456sk-123%2F456 żółty-klucz sk-123 🙂 \u0000 sk-123/4");
  const redacted = "é REDACTED REDACTEDREDACTED REDACTED sk-123 🙂 \u0000 sk-123/4";

  test.each(chunkings)("have every secret replaced, however they are cut: $name", async (chunking) => {
    const chunks = await collect(maskChunks(chunksOf(chunking.cut(body)), secrets));
    expect(Buffer.concat(chunks.map(({ bytes }) => bytes)).toString("utf8")).toBe(redacted);
  });

  test("are otherwise unchanged, even if not text, and keep their times.", async () => {
    const pieces = [Buffer.from([0xff, 0xfe, 0x00]), Buffer.from([0x80]), Buffer.from("ok\n")];
    expect(await collect(maskChunks(chunksOf(pieces), secrets))).toEqual(
      pieces.map((bytes, atMs) => ({ bytes: Buffer.from(bytes), atMs })),
    );
  });

  test("are held back only if they may be the start of a secret.", async () => {
    const pieces = ["data: s", "k-12", "3 and\n\n", "sk"].map((text) => Buffer.from(text));
    const chunks = await collect(maskChunks(chunksOf(pieces), secrets));
    expect(chunks.map(({ bytes }) => Buffer.from(bytes).toString("utf8"))).toEqual([
      "data: ",
      "",
      "sk-123 and\n\n",
      "",
      "sk",
    ]);
  });

  test("are all yielded before an error is thrown.", async () => {
    let seen = "";
    const reading = (async () => {
      for await (const { bytes } of maskChunks(broken(), secrets)) seen += Buffer.from(bytes).toString("utf8");
    })();
    await expect(reading).rejects.toThrow("broken");
    expect(seen).toBe("so far sk-1");
  });
});

async function* broken(): AsyncGenerator<Chunk> {
  yield { bytes: Buffer.from("so far sk-1"), atMs: 0 };
  throw new Error("broken");
}

async function* chunksOf(pieces: readonly Uint8Array[]): AsyncGenerator<Chunk> {
  for (const [atMs, bytes] of pieces.entries()) yield { bytes, atMs };
}

async function collect(chunks: AsyncIterable<Chunk>): Promise<Chunk[]> {
  const all: Chunk[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
}

describe("A secret is found as it is written by", () => {
  const secret = `a/b c+d&"e'<f>!(g)*~=é`;
  test.each([
    ["Python's urllib.parse.quote", "a/b%20c%2Bd%26%22e%27%3Cf%3E%21%28g%29%2A~%3D%C3%A9"],
    ["Python's quote with nothing safe", "a%2Fb%20c%2Bd%26%22e%27%3Cf%3E%21%28g%29%2A~%3D%C3%A9"],
    ["Python's quote_plus", "a%2Fb+c%2Bd%26%22e%27%3Cf%3E%21%28g%29%2A~%3D%C3%A9"],
    ["JavaScript's encodeURIComponent", encodeURIComponent(secret)],
    ["JavaScript's encodeURI", encodeURI(secret)],
    ["a URL in lower case", "a%2fb%20c%2bd%26%22e%27%3cf%3e%21%28g%29%2a~%3d%c3%a9"],
    ["Python's html.escape", "a/b c+d&amp;&quot;e&#x27;&lt;f&gt;!(g)*~=é"],
    ["html.escape without quotes", `a/b c+d&amp;"e'&lt;f&gt;!(g)*~=é`],
    ["PHP's htmlspecialchars", "a/b c+d&amp;&quot;e&#039;&lt;f&gt;!(g)*~=é"],
    ["Go's html.EscapeString", "a/b c+d&amp;&#34;e&#39;&lt;f&gt;!(g)*~=é"],
    ["JSON", JSON.stringify(secret).slice(1, -1)],
  ])("%s", (_, written) => {
    expect(maskSecrets(`say ${written}.`, spellings([secret]))).toBe("say REDACTED.");
  });
});
