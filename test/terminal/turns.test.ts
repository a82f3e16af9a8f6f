// Pages that take turns: the output of each stays together, in the order in which they began.
import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { createPage } from "../../src/terminal/page.ts";
import { createTurns } from "../../src/terminal/turns.ts";

function createOutput() {
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  return { page: createPage(stream), text: () => text };
}

describe("several writers at the same time", () => {
  test("are shown in sequence", async () => {
    const { page, text } = createOutput();
    const turns = createTurns(page);
    const first = turns.next();
    const second = turns.next();
    second.page.write("b1 ");
    first.page.write("a1 ");
    second.page.writeJson({ b: 2 });
    first.page.writeInline("a2\n");
    first.done();
    second.page.write("b3");
    second.done();
    await page.flush();
    expect(text()).toBe('a1 a2\\nb1 {"b":2}\nb3');
  });

  test("are shown at once while it is their turn", async () => {
    const { page, text } = createOutput();
    const turns = createTurns(page);
    const first = turns.next();
    first.page.write("a");
    await page.flush();
    expect(text()).toBe("a");
    const second = turns.next();
    second.page.write("b");
    await page.flush();
    expect(text()).toBe("a");
    first.done();
    await page.flush();
    expect(text()).toBe("ab");
  });

  test("may end before their turn", async () => {
    const { page, text } = createOutput();
    const turns = createTurns(page);
    const [first, second, third] = [turns.next(), turns.next(), turns.next()];
    third.page.write("c");
    third.done();
    second.page.write("b");
    second.done();
    first.page.write("a");
    first.done();
    turns.next().page.write("d");
    await page.flush();
    expect(text()).toBe("abcd");
  });

  test("do not lose bytes that are valid only during the call", async () => {
    const { page, text } = createOutput();
    const turns = createTurns(page);
    const first = turns.next();
    const second = turns.next();
    const lent = Buffer.from("bytes");
    second.page.writeBytes(lent);
    lent.fill("x");
    first.done();
    second.done();
    await page.flush();
    expect(text()).toBe("bytes");
  });
});
