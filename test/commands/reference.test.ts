// The page of all options says what the options say. After a change of one, `-u` writes it anew.
import { expect, test } from "vitest";
import { renderReference } from "./support/reference.ts";

test("the reference lists every option", async () => {
  await expect(renderReference()).toMatchFileSnapshot("../../src/commands/README.md");
});
