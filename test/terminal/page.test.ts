import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { OutputClosedError, OutputError } from "../../src/errors.ts";
import { type ColorMode, colorPage } from "../../src/terminal/color.ts";
import { createPage, type Page } from "../../src/terminal/page.ts";
import { dangerousIn, everyAttack } from "../support/control-characters.ts";

interface Setting {
  readonly isTTY?: boolean;
  readonly color?: ColorMode;
  readonly env?: Readonly<Record<string, string>>;
}

/** The output received by a stream for what is written to its page. */
async function written(write: (page: Page) => void, { isTTY = false, color = "auto", env = {} }: Setting = {}) {
  const pieces: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      pieces.push(Buffer.from(chunk));
      done();
    },
  });
  const page = createPage(Object.assign(stream, { isTTY }));
  await colorPage(page, color, env);
  write(page);
  await page.flush();
  return Buffer.concat(pieces).toString();
}

const TERMINAL = { isTTY: true };

describe("colour", () => {
  const RED = "\u001b[31mno\u001b[39m";
  const cases: readonly (Setting & { isTTY: boolean; colored: boolean })[] = [
    { isTTY: true, colored: true },
    { isTTY: false, colored: false },
    { isTTY: true, color: "never", colored: false },
    { isTTY: false, color: "always", colored: true },
    { isTTY: true, env: { NO_COLOR: "1" }, colored: false },
    { isTTY: true, env: { NO_COLOR: "" }, colored: true },
    { isTTY: false, env: { FORCE_COLOR: "1" }, colored: true },
    { isTTY: false, env: { FORCE_COLOR: "" }, colored: false },
    { isTTY: true, env: { FORCE_COLOR: "0" }, colored: false },
    { isTTY: true, env: { FORCE_COLOR: "false" }, colored: false },
    { isTTY: false, env: { NO_COLOR: "1", FORCE_COLOR: "1" }, colored: false },
    { isTTY: true, env: { TERM: "dumb" }, colored: false },
    { isTTY: true, env: { TERM: "xterm" }, colored: true },
    { isTTY: true, color: "always", env: { NO_COLOR: "1", TERM: "dumb" }, colored: true },
    { isTTY: false, color: "never", env: { FORCE_COLOR: "1" }, colored: false },
  ];

  test.each(cases)("terminal $isTTY, --color $color, environment $env: $colored", async ({ colored, ...setting }) => {
    expect(await written((page) => page.write("no", "bad"), setting)).toBe(colored ? RED : "no");
  });

  test("never occurs in plain text or in JSON", async () => {
    const plain = await written((page) => page.write("plain"), { color: "always" });
    const json = await written((page) => page.writeJson({ a: 1 }), { color: "always" });
    expect(plain + json).toBe('plain{"a":1}\n');
  });

  test("continues over parts of one paint, and ends where another begins", async () => {
    const text = await written(
      (page) => {
        for (const piece of ["n", "", "o"]) page.write(piece, "bad");
        page.write("-");
        page.write("no", "bad");
        page.write("dim", "dim");
      },
      { color: "always" },
    );
    expect(text).toBe(`${RED}-${RED}\u001b[2mdim\u001b[22m`);
  });

  test("does not begin without text", async () => {
    expect(await written((page) => page.write("", "bad"), { color: "always" })).toBe("");
  });
});

describe("dangerous text", () => {
  test("is unchanged in a pipe", async () => {
    expect(await written((page) => page.write(everyAttack))).toBe(everyAttack);
    expect(await written((page) => page.writeBytes(Buffer.from(everyAttack)))).toBe(everyAttack);
    expect(await written((page) => page.writeJson(everyAttack))).toBe(`${JSON.stringify(everyAttack)}\n`);
  });

  test.each<[string, (page: Page) => void]>([
    ["text", (page) => page.write(everyAttack)],
    ["text on one line", (page) => page.writeInline(everyAttack)],
    ["painted text", (page) => page.write(everyAttack, "name")],
    ["JSON", (page) => page.writeJson({ [everyAttack]: everyAttack })],
    ["indented JSON", (page) => page.writeJson({ [everyAttack]: everyAttack }, 2)],
    ["bytes", (page) => page.writeBytes(Buffer.from(everyAttack))],
    ["single bytes", (page) => Buffer.from(everyAttack).forEach((byte) => page.writeBytes(Buffer.of(byte)))],
  ])("is escaped on a terminal: %s", async (_, write) => {
    expect(dangerousIn(await written(write, { ...TERMINAL, color: "never" }))).toEqual([]);
    expect(dangerousIn(await written(write, TERMINAL), { mayHaveColours: true })).toEqual([]);
  });

  test("never leaves its line, even in a pipe", async () => {
    expect(await written((page) => page.writeInline("a\nb\tc\r"))).toBe(String.raw`a\nb\tc^M`);
  });

  test("keeps a character whole that is split over two chunks", async () => {
    const [first = 0, ...rest] = Buffer.from("👍");
    const write = (page: Page) => {
      page.writeBytes(Buffer.of(first));
      page.writeBytes(Buffer.from(rest));
    };
    expect(await written(write, TERMINAL)).toBe("👍");
    expect(await written(write)).toBe("👍");
  });
});

test("a page knows whether the next text begins a line", async () => {
  await written((page) => {
    expect(page.isAtLineStart).toBe(true);
    page.endLine();
    page.write("a");
    expect(page.isAtLineStart).toBe(false);
    page.endLine();
    expect(page.isAtLineStart).toBe(true);
    page.endLine();
    page.write("");
    expect(page.isAtLineStart).toBe(true);
  }).then((text) => expect(text).toBe("a\n"));
});

describe("flush", () => {
  test("waits until the reader has room", async () => {
    const waiting: (() => void)[] = [];
    const stream = new Writable({
      write(_chunk, _encoding, done) {
        waiting.push(done);
      },
    });
    const page = createPage(stream);
    page.write("x");
    let isDone = false;
    const flushed = page.flush().then(() => (isDone = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDone).toBe(false);
    for (const makeRoom of waiting) makeRoom();
    await flushed;
    expect(isDone).toBe(true);
  });

  test("is one write for all text since the last flush", async () => {
    let writes = 0;
    const stream = new Writable({
      write(_chunk, _encoding, done) {
        writes += 1;
        done();
      },
    });
    const page = createPage(stream);
    for (let count = 0; count < 100; count += 1) page.write("x");
    await page.flush();
    await page.flush();
    expect(writes).toBe(1);
  });

  test.each([
    ["EPIPE", OutputClosedError],
    ["ECONNRESET", OutputClosedError],
    ["ENOSPC", OutputError],
  ])("throws the error for %s", async (code, error) => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error("cannot"), { code })),
    });
    const page = createPage(stream);
    page.write("x");
    await expect(page.flush()).rejects.toThrow(error);
    page.write("y");
    await expect(page.flush()).rejects.toThrow(error);
  });

  test.each([
    ["a terminal: it was closed", true, OutputClosedError],
    ["a file: its disk fails", false, OutputError],
  ])("throws the error for EIO of %s", async (_, isTTY, error) => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error("cannot"), { code: "EIO" })),
    });
    const page = createPage(Object.assign(stream, { isTTY }));
    page.write("x");
    await expect(page.flush()).rejects.toThrow(error);
  });

  test("throws if the reader went away while nothing was written", async () => {
    const stream = new Writable();
    const page = createPage(stream);
    const closed = new Promise((resolve) => stream.once("close", resolve));
    stream.destroy(Object.assign(new Error("gone"), { code: "EPIPE" }));
    await closed;
    await expect(page.flush()).rejects.toThrow(OutputClosedError);
  });
});
