// The page of all options is generated from the options. After a change, `-u` updates it.
import { expect, test } from "vitest";
import { renderReference } from "./support/reference.ts";

test("the reference lists every option", async () => {
  await expect(renderReference()).toMatchFileSnapshot("../../src/commands/README.md");
});
