import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createLabels } from "../../src/terminal/labels.ts";
import { createPage } from "../../src/terminal/page.ts";

test("Each line has the label of its writer, and ends when another writer continues.", async () => {
  const stream = new PassThrough({ encoding: "utf8" });
  const page = createPage(stream);
  const labels = createLabels(page);
  const [one, two] = [labels.next("#1 "), labels.next("#2 ")];
  one.write("a");
  one.writeInline("b");
  two.write("c\nd\n\ne");
  two.endLine();
  one.write("f\n");
  one.writeJson({ g: 1 });
  two.writeBytes(Buffer.from("h\n"));
  await page.flush();
  expect(stream.read()).toBe('#1 ab\n#2 c\n#2 d\n#2 \n#2 e\n#1 f\n#1 {"g":1}\n#2 h\n');
});
