// Loaded before a program: replaces its standard input with the file SSESCOPE_BENCH_INPUT, in chunks of one byte. With
// a pipe, a reader that is slower than the writer would read several bytes at once.
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";

const bytes = readFileSync(process.env.SSESCOPE_BENCH_INPUT ?? "");
let offset = 0;
const stdin = new Readable({
  read() {
    while (offset < bytes.length) if (!this.push(bytes.subarray(offset, ++offset))) return;
    this.push(null);
  },
});
Object.defineProperty(process, "stdin", { value: stdin });
