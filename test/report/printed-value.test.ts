import { expect, test } from "vitest";
import { describePrintedValue } from "../../src/report/printed-value.ts";

test("A Python value over several lines is recognised.", () => {
  const text = "ResponseTextDeltaEvent(\n    content_index=0,\n    delta='Low',\n)\n";
  expect(describePrintedValue(text)).toMatch(/^Python values as print shows them/);
});

test("Words that end in a bracket are not a value.", () => {
  expect(describePrintedValue("see the notes (\nbelow)\n")).toBeNull();
});
