import { PassThrough, Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { readSourceList, type SourceList } from "../../src/check/source-list.ts";
import { UserError } from "../../src/errors.ts";
import { captureFiles } from "../support/files.ts";

const NOTHING = Readable.from([]);
const NEVER = new AbortController().signal;

async function namesOf(list: SourceList): Promise<string[]> {
  const names: string[] = [];
  for (let next = await list.next(); next !== undefined; next = await list.next()) names.push(next.name);
  return names;
}

function inPieces(bytes: Buffer, size: number): Readable {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return Readable.from(pieces);
}

describe("A list of sources", () => {
  test.each([
    ["a.sse\nb.sse", ["a.sse", "b.sse"]],
    ["a.sse\r\n\r\n  \r\nb.sse\r\n", ["a.sse", "b.sse"]],
    ["a\nb.sse\0c.sse\0", ["a\nb.sse", "c.sse"]],
    ["a.sse\0b\rc.sse\0d.sse", ["a.sse", "b\rc.sse", "d.sse"]],
    [" a.sse \n", [" a.sse "]],
    ["\ufeffa.sse\nb.sse\n", ["a.sse", "b.sse"]],
    ["häuser/日本.sse\nb.sse", ["häuser/日本.sse", "b.sse"]],
    ["", []],
  ])("%j is read from a file and from standard input", async (text, names) => {
    const [path = ""] = captureFiles({ "list.txt": text });
    expect(await namesOf(readSourceList(path, NOTHING, NEVER))).toEqual(names);
    const bytes = Buffer.from(text);
    expect(await namesOf(readSourceList("-", Readable.from([bytes]), NEVER))).toEqual(names);
    // A NUL may arrive with the first line or after it.
    for (const size of text.includes("a\n") ? [bytes.length] : [1, 2, 3, 5]) {
      expect(await namesOf(readSourceList("-", inPieces(bytes, size), NEVER))).toEqual(names);
    }
  });

  test("returns each name when its line has ended, and waits for the next", async () => {
    const stdin = new PassThrough();
    const list = readSourceList("-", stdin, NEVER);
    stdin.write("a.sse\nb.s");
    expect(await list.next()).toEqual({ name: "a.sse", error: null });
    const second = list.next();
    stdin.write("se\nc.sse\nd.sse\n");
    expect(await second).toEqual({ name: "b.sse", error: null });
    expect(list.waiting).toBe(2);
    list.close();
  });

  test("ends with an interrupt", async () => {
    const interrupt = new AbortController();
    const list = readSourceList("-", new PassThrough(), interrupt.signal);
    const next = list.next();
    setImmediate(() => interrupt.abort());
    expect(await next).toBeUndefined();
  });

  test("continues after a line that is not a name", async () => {
    const text = `a.sse\n${"x".repeat(200_000)}\nb.sse\n`;
    for (const size of [200_100, 64 * 1024, 1000]) {
      const list = readSourceList("-", inPieces(Buffer.from(text), size), NEVER);
      expect(await list.next()).toEqual({ name: "a.sse", error: null });
      const long = await list.next();
      expect(long?.name).toBe(`${"x".repeat(60)}…`);
      expect(long?.error?.message).toBe("a name in the list has more than 65536 characters");
      expect(await list.next()).toEqual({ name: "b.sse", error: null });
      expect(await list.next()).toBeUndefined();
    }
  });

  test("that does not exist is a user error", async () => {
    await expect(readSourceList("no/such/list.txt", NOTHING, NEVER).next()).rejects.toThrow(UserError);
  });
});
