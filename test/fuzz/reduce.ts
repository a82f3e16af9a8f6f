// Reduces an input to the part that causes a fault.

/** Limits on tried inputs and their bytes: reading takes a few ms, or a few hundred for a long input. */
const MOST_TRIALS = 1500;
const MOST_BYTES = 8_000_000;

/**
 * Removes everything that `isFaulty` does not need, in ever smaller parts (ddmin, https://doi.org/10.1109/32.988498):
 * first lines, then bytes.
 */
export async function reduce(
  input: Buffer,
  isFaulty: (input: Buffer) => Promise<boolean>,
  mostTrials = MOST_TRIALS,
): Promise<Buffer> {
  let trials = 0;
  let bytes = 0;

  async function reduceParts(parts: readonly string[]): Promise<readonly string[]> {
    let left = parts;
    for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let start = 0; start < left.length && trials < mostTrials && bytes < MOST_BYTES;) {
        const fewer = left.toSpliced(start, size);
        const smaller = bytesOf(fewer);
        trials += 1;
        bytes += smaller.length;
        if (await isFaulty(smaller)) left = fewer;
        else start += size;
      }
    }
    return left;
  }

  const lines = await reduceParts(input.toString("latin1").split(/(?<=\n)/));
  return bytesOf(await reduceParts(Array.from(lines.join(""))));
}

function bytesOf(parts: readonly string[]): Buffer {
  return Buffer.from(parts.join(""), "latin1");
}
