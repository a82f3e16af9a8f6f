import { describe, expect, test } from "vitest";
import { type Recogniser, recogniser } from "../../src/stretch/recogniser.ts";
import { named } from "../support/captures.ts";
import { examples } from "./support/events.ts";
import { brokenButFound, cutsNotNoticed, seen, wanted } from "./support/finds.ts";

function loaded(): Recogniser {
  const found = recogniser();
  if (found === null) throw new Error("there is no WebAssembly with SIMD here");
  return found;
}

describe("among consecutive events, those of the shape are found", () => {
  test.each(named(examples))("%s", (_, example) => {
    expect(seen(loaded(), example)).toEqual(wanted(example));
  });

  test("but none that is cut", () => {
    expect(cutsNotNoticed(loaded())).toEqual([]);
  });

  test("but none with invalid UTF-8", () => {
    expect(brokenButFound(loaded())).toEqual([]);
  });
});
