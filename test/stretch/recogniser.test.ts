import { describe, expect, test } from "vitest";
import { type Recogniser, recogniser } from "../../src/stretch/recogniser.ts";
import { named } from "../support/captures.ts";
import { DATA, examples, LINES, PLACES } from "./support/events.ts";
import { brokenButFound, cutsNotNoticed, EVENT, seen, wanted } from "./support/finds.ts";
import { shapeOf } from "./support/shape-of.ts";

function loaded(): Recogniser {
  const found = recogniser();
  if (found === null) throw new Error("there is no WebAssembly with SIMD here");
  return found;
}

describe("among consecutive events, those of the shape are found", () => {
  test.each(named(examples))("%s", (_, example) => {
    expect(seen(loaded(), example)).toEqual(wanted(example));
  });

  test("also of more shapes than there is room for, in turns, with numbers of any length", () => {
    const count = 20;
    const texts = Array.from({ length: count }, (_, index) => {
      const data = (number: number, text: string) =>
        DATA.replace("a.b", `id ${index}`).replace(":4", `:${number}`).replace("hey", text);
      const shape = shapeOf({ ...EVENT, data: data(4, "hey") }, PLACES, LINES);
      if (shape === null) throw new Error("no shape");
      return { shape, eventOf: (number: number) => LINES.before + data(number, `${index}/${number}`) + LINES.behind };
    });
    for (const turns of [2, 8, 9, count]) {
      for (let number = 5; number < 120; number += 1) {
        const index = number % turns;
        const other = texts[(index + 1) % turns];
        const text = texts[index];
        if (text === undefined || other === undefined) throw new Error("no text");
        const event = Buffer.from(text.eventOf(number));
        expect(loaded().find(other.shape, event, 0, number)).toBeNull();
        expect(loaded().find(text.shape, event, 0, number)?.text.toString()).toBe(`${index}/${number}`);
      }
    }
  });

  test("but none that is cut", () => {
    expect(cutsNotNoticed(loaded())).toEqual([]);
  });

  test("but none with invalid UTF-8", () => {
    expect(brokenButFound(loaded())).toEqual([]);
  });
});
