// Chunks in, lines out, none longer than a limit.

/** A line, with its number from 1; text null: it is longer than the limit. */
export interface TextLine {
  readonly number: number;
  readonly text: string | null;
}

const LF = 0x0a;

/** The lines of UTF-8, without their line ends. The rest of a line over the limit is skipped. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<TextLine> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let number = 1;

  function take(): TextLine {
    const text = waitingBytes > mostBytes ? null : Buffer.concat(waiting).toString();
    waiting = [];
    waitingBytes = 0;
    return { number: number++, text };
  }

  function keep(piece: Uint8Array): void {
    waitingBytes += piece.length;
    if (waitingBytes > mostBytes) waiting = [];
    else waiting.push(piece);
  }

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      keep(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    // The sender may reuse the chunk.
    if (start < chunk.length) keep(Buffer.from(chunk.subarray(start)));
  }
  if (waitingBytes > 0) yield take();
}
