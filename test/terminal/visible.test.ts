import { describe, expect, test } from "vitest";
import { visible, visibleJson, visibleLine } from "../../src/terminal/visible.ts";
import { attacks, dangerousIn, everyAttack } from "../support/control-characters.ts";

const everyCharacter = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code));
const functions = [
  { name: "visible", show: visible },
  { name: "visibleLine", show: visibleLine },
  { name: "visibleJson", show: visibleJson },
];

describe.each(functions)("$name", ({ show }) => {
  test.each(Object.entries(attacks))("removes text that would %s", (_, attack) => {
    expect(dangerousIn(attack)).not.toEqual([]);
    expect(dangerousIn(show(attack))).toEqual([]);
  });

  test("leaves ordinary text unchanged, in any script", () => {
    const text = "hey, 'q' \\u001b é ß 中文 עברית العربية हिन्दी 👩‍👩‍👧‍👦 👍🏽 \u00a0";
    expect(show(text)).toBe(text);
  });

  test("removes default-ignorable characters of every plane", () => {
    const all = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => code < 0xd800 || code > 0xdfff);
    const dangerous = dangerousIn(all.map((code) => String.fromCodePoint(code)).join(""));
    expect(dangerous.length).toBeGreaterThan(4000);
    for (const character of dangerous) expect(show(character)).toMatch(/^[!-~]+$/);
  });

  test("escapes each character by itself, so that the result does not depend on cuts", () => {
    const whole = show(everyAttack);
    const characters = Array.from(everyAttack);
    for (let cut = 0; cut <= characters.length; cut += 1) {
      expect(show(characters.slice(0, cut).join("")) + show(characters.slice(cut).join(""))).toBe(whole);
    }
  });
});

describe("visible", () => {
  test.each([
    ["\u001b[31m", "^[[31m"],
    ["\u0000\u0007\u0008\r", "^@^G^H^M"],
    ["\u007f", "^?"],
    ["\u0080\u009b\u009f", String.raw`\u0080\u009b\u009f`],
    ["\u202e\u2066", String.raw`\u202e\u2066`],
  ])("shows %j as %s", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test("keeps line ends and tabs", () => {
    expect(visible("a\n\tb")).toBe("a\n\tb");
  });
});

test("visibleLine returns one line for any text", () => {
  expect(visibleLine("a\n\tb\r\n")).toBe(String.raw`a\n\tb^M\n`);
  const line = visibleLine(everyCharacter.join(""));
  expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
});

test("visibleJson returns JSON of the same value", () => {
  const value = { [everyAttack]: [everyAttack, everyCharacter.join("")] };
  const json = visibleJson(JSON.stringify(value, null, 2));
  expect(JSON.parse(json)).toEqual(value);
  expect(dangerousIn(json)).toEqual([]);
});
