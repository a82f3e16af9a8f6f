// How large aliases make a document.
import { describe, expect, test } from "vitest";
import * as yaml from "yaml";
import { expansionOf } from "../../../../src/framing/archive/document/yaml-expansion.ts";
import { cassette } from "../../../../src/framing/archive/recorders/cassette.ts";
import { refusalOf } from "../../support/read-streams.ts";
import { bodiesOf } from "../support/recording.ts";

function expansion(text: string): number {
  return expansionOf(yaml, yaml.parseDocument(text));
}

describe("The expansion of", () => {
  test.each([
    ["no alias", "a: &a xxxx\n", 0],
    ["an alias", "a: &a xxxx\nb: *a\n", 4],
    ["each alias", "a: &a xxxx\nb: [*a, *a, *a]\n", 12],
    [
      "aliases within what an alias stands for",
      "- &a xxxx\n- &b [*a, *a]\n- *b\n",
      2 * 4 + ("[*a, *a]".length + 2 * 4),
    ],
    ["a name that is given again", "- &a xxxx\n- &a yy\n- *a\n", 2],
  ])("%s", (_, text, size) => {
    expect(expansion(text)).toBe(size);
  });

  test("a value that contains itself is finite", () => {
    expect(expansion("&a\n- *a\n- *a\n")).toBeLessThan(100);
  });
});

function repeated(bytes: number, times: number): string {
  const first = interaction(`&body "data: ${"x".repeat(bytes)}\\n\\n"`);
  return `interactions:\n${first}${interaction("*body").repeat(times)}`;
}

function interaction(body: string): string {
  const response = `{status: {code: 200}, headers: {content-type: text/event-stream}, body: {string: ${body}}}`;
  return `- request: {method: GET}\n  response: ${response}\n`;
}

test("A body that aliases repeat is read each time", async () => {
  expect(await bodiesOf(cassette, repeated(10, 3))).toEqual(
    Array.from({ length: 4 }, () => `data: ${"x".repeat(10)}\n\n`),
  );
});

test("A large body that many aliases repeat is refused", async () => {
  expect(await refusalOf(cassette, repeated(2 ** 20, 300))).toContain("its aliases repeat more than 256 MiB");
});
