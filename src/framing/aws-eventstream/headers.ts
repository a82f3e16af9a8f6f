// The header block of a frame: names with typed values, one after the other, without a count.
// https://smithy.io/2.0/aws/amazon-eventstream.html#header-value-types

export type FrameHeaders = Readonly<Record<string, string>>;

export interface HeaderBlock {
  readonly headers: FrameHeaders;
  /** False where the block does not end where a header does, or has a type that is not known. */
  readonly isWhole: boolean;
}

export const TYPES = {
  true: 0,
  false: 1,
  byte: 2,
  short: 3,
  integer: 4,
  long: 5,
  bytes: 6,
  string: 7,
  timestamp: 8,
  uuid: 9,
} as const;

/** Bytes of the values that have a fixed length. */
const LENGTHS = new Map<number, number>([
  [TYPES.true, 0],
  [TYPES.false, 0],
  [TYPES.byte, 1],
  [TYPES.short, 2],
  [TYPES.integer, 4],
  [TYPES.long, 8],
  [TYPES.timestamp, 8],
  [TYPES.uuid, 16],
]);
/** What the length of text and of bytes takes, before them. */
export const LENGTH_BYTES = 2;

/** Reads the headers from `start` to `end`, as far as they can be read; every value becomes text. */
export function readHeaders(bytes: Buffer, start: number, end: number): HeaderBlock {
  const headers: [string, string][] = [];
  const block = (isWhole: boolean): HeaderBlock => ({ headers: Object.fromEntries(headers), isWhole });
  for (let at = start; at < end;) {
    const nameEnd = at + 1 + (bytes[at] ?? 0);
    const type = bytes[nameEnd] ?? -1;
    let from = nameEnd + 1;
    let length = LENGTHS.get(type);
    if (type === TYPES.string || type === TYPES.bytes) {
      if (from + LENGTH_BYTES > end) return block(false);
      length = bytes.readUInt16BE(from);
      from += LENGTH_BYTES;
    }
    if (length === undefined || from + length > end) return block(false);
    headers.push([bytes.toString("utf8", at + 1, nameEnd), valueOf(type, bytes.subarray(from, from + length))]);
    at = from + length;
  }
  return block(true);
}

function valueOf(type: number, value: Buffer): string {
  switch (type) {
    case TYPES.true:
      return "true";
    case TYPES.false:
      return "false";
    case TYPES.bytes:
      return value.toString("base64");
    case TYPES.string:
      return value.toString("utf8");
    case TYPES.long:
    case TYPES.timestamp:
      return String(value.readBigInt64BE());
    case TYPES.uuid:
      return value.toString("hex");
    default:
      return String(value.readIntBE(0, value.length));
  }
}
