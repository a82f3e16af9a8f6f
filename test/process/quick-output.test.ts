import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { quickOutput } from "../../src/process/quick-output.ts";
import { temporaryDirectory } from "../support/files.ts";

function refuse(): never {
  throw new Error("the stream of Node.js is not needed");
}

test("a file is written without a Node.js stream, as text and as bytes, and each callback is called", () => {
  const path = join(temporaryDirectory(), "output");
  const descriptor = openSync(path, "w");
  const output = quickOutput(descriptor, refuse);
  const done: unknown[] = [];
  output.write("é", (error) => done.push(error ?? "written"));
  output.write(Buffer.from("x".repeat(100_000)), (error) => done.push(error ?? "written"));
  closeSync(descriptor);
  expect(readFileSync(path, "utf8")).toBe(`é${"x".repeat(100_000)}`);
  expect(done).toEqual(["written", "written"]);
  expect(output.fd).toBe(descriptor);
});

test("a failed write is reported to its callback and to the listeners", () => {
  const descriptor = openSync(join(temporaryDirectory(), "output"), "w");
  const output = quickOutput(descriptor, refuse);
  closeSync(descriptor);
  const errors: unknown[] = [];
  output.on("error", (error) => errors.push(error));
  output.write("x", (error) => errors.push(error));
  expect(errors).toEqual([expect.objectContaining({ code: "EBADF" }), expect.objectContaining({ code: "EBADF" })]);
});

test("outputs other than files and pipes use the Node.js stream", () => {
  const stream = new PassThrough();
  expect(quickOutput(-1, () => stream)).toBe(stream);
});
