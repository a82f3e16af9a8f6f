// Loaded before a program: its standard input is the file that SSESCOPE_BENCH_INPUT names, one byte a chunk. A pipe that
// is written byte by byte would be read in larger pieces wherever the reader is slower than the writer.
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
