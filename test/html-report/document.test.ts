import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { dataBlock } from "../../src/html-report/document.ts";
import { html } from "../../src/reporters/html.ts";
import { checkedOf } from "../reporters/support/checked.ts";
import { reported } from "../reporters/support/reported.ts";

const MOST_BYTES = 150_000;

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function partsOf(page: string): readonly string[] {
  return [...page.matchAll(/json" data-part="(\w+)"/g)].flatMap(([, part]) => part ?? []);
}

describe("the page", () => {
  test("is smaller than 150 kB without the data", async () => {
    const empty = await reported(html, []);
    expect(Buffer.byteLength(empty)).toBeLessThan(MOST_BYTES);
  });

  test("allows its one script and its one style by their hashes, and nothing else", async () => {
    const page = await reported(html, [checkedOf()]);
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, style = ""] = /<style>([^]*)<\/style>/.exec(page) ?? [];
    const [, script = ""] = /<script>([^]*)<\/script>\n<\/body>/.exec(page) ?? [];
    expect(policy).toBe(
      `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`,
    );
    // Text that would end the element, or begin a comment in it:
    // https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
    expect(script).not.toMatch(/<\/script|<script|<!--/i);
    expect(style).not.toMatch(/<\/style|url\(|@import/i);
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org\/)/);
  });

  test("has two data blocks for each stream, one for the run, and one for the statistics of several streams", async () => {
    expect(partsOf(await reported(html, [checkedOf()]))).toEqual(["stream", "detail", "run"]);
    const several = await reported(html, [checkedOf(), checkedOf([], { verdict: "truncated" })]);
    expect(partsOf(several)).toEqual(["stream", "detail", "stream", "detail", "run", "statistics"]);
  });
});

test.each(["</script><!--<script>", "\u2028\u2029", "\u202e\u0085\ufeff", "__proto__", "\ud800"])(
  "a data block contains %j exactly, and its text cannot end it",
  (text) => {
    const block = dataBlock("stream", JSON.stringify({ [text]: text }));
    const [, json = ""] = /^<script type="application\/json" data-part="stream">(.*)<\/script>\n$/.exec(block) ?? [];
    expect(json).not.toMatch(/[<\u2028\u2029\u202e\u0085\ufeff]/);
    expect(Object.entries(JSON.parse(json))).toEqual([[text, text]]);
  },
);
