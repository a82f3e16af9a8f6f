// Checks that memory does not grow with the capture. Inputs are generated while they are read, not written to disk.
import { measurePeakBytes } from "../measure.ts";
import { type InputName, writeInput } from "../inputs/inputs.ts";
import { ssescope } from "../programs.ts";
import type { Section } from "../section.ts";
import { megabytes, table } from "../table.ts";

const HUGE_LINE_SHARE = 0.2;

export const memory: Section = {
  name: "memory",
  isQuoted: true,
  run({ bytes, folder, isLargeRead }) {
    const sizes = [bytes / 10, bytes, ...(isLargeRead ? [bytes * 10] : [])];
    const line = writeInput(folder, "huge-line", bytes * HUGE_LINE_SHARE);
    return table([
      ["input", "peak memory", "aim"],
      ...sizes.map((size) => [`${megabytes(size)} of text deltas`, piped("responses-text", size), "< 90 MB"]),
      [`${megabytes(bytes)} in a single response`, piped("responses-one-answer", bytes), ""],
      [`a line of ${megabytes(bytes * HUGE_LINE_SHARE)}`, megabytes(measurePeakBytes(ssescope(line))), "< 100 MB"],
    ]);
  },
};

/** Peak memory for an input that is generated while it is read. */
function piped(name: InputName, bytes: number): string {
  const feed = `node coverage/bench/bench.js --print ${name} --size ${bytes}`;
  return megabytes(measurePeakBytes({ command: ssescope("-").command, feed }));
}
