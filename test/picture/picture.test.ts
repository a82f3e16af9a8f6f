// The picture in README is a real run on a terminal. `npx vitest run test/picture -u` draws it again.
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../support/io.ts";
import { drawTerminal, themes } from "./svg.ts";

const COLUMNS = 88;
/** As README names the capture. */
const TYPED = "ssescope hang.sse";

test.each(Object.entries(themes))("the %s picture shows what the program prints", async (name, theme) => {
  const path = "fixtures/recorded/hang-with-comments.sse";
  const { stdout, stderr } = await run([path, "--color", "always"], { terminalColumns: COLUMNS });
  const printed = wrapped(stdout) + stderr.replaceAll(path, "hang.sse");
  const svg = drawTerminal([`\u001B[2m$\u001B[22m ${TYPED}`, ...printed.trimEnd().split("\n")], COLUMNS, theme);
  await expect(svg).toMatchFileSnapshot(join(import.meta.dirname, `${name}.svg`));
});

/** As a terminal shows a line that is longer than it is wide. */
function wrapped(text: string): string {
  return text.replaceAll(new RegExp(`[^\n]{${COLUMNS}}`, "g"), "$&\n");
}
