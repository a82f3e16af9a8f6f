// Replaces text as it arrives; holds back at most the start of a character.
const FIRST_LEAD = 0xc0;
const FIRST_CONTINUATION = 0x80;
/** A character has four bytes at most. */
const LONGEST_BEGINNING = 3;

export interface PlainText {
  /** Takes the next bytes; returns those that are final. */
  push(bytes: Uint8Array): Buffer;
  end(): Buffer;
}

/** `redact` rewrites bytes that end at the end of a character. */
export function createPlainText(redact: (bytes: Buffer) => void): PlainText {
  let rest: Buffer = Buffer.alloc(0);
  return {
    push(bytes) {
      const all = Buffer.concat([rest, bytes]);
      const whole = all.length - lengthOfBeginning(all);
      rest = all.subarray(whole);
      const complete = all.subarray(0, whole);
      redact(complete);
      return complete;
    },
    end() {
      redact(rest);
      return rest;
    },
  };
}

/** How many of the last bytes may be the start of an incomplete character. */
function lengthOfBeginning(bytes: Buffer): number {
  for (let length = 1; length <= Math.min(LONGEST_BEGINNING, bytes.length); length += 1) {
    const byte = bytes[bytes.length - length] ?? 0;
    if (byte >= FIRST_LEAD) return length;
    if (byte < FIRST_CONTINUATION) return 0;
  }
  return 0;
}
