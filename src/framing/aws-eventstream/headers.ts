// The header block of a frame: consecutive names with typed values, without a count.
// https://smithy.io/2.0/aws/amazon-eventstream.html#header-value-types

export type FrameHeaders = Readonly<Record<string, string>>;

export interface HeaderBlock {
  readonly headers: FrameHeaders;
  /** False if the block does not end at the end of a header, or contains an unknown type. */
  readonly isWhole: boolean;
}

/** The types of values. */
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

/** Sizes of the values of fixed length. */
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
/** Size of the length before a string or bytes. */
export const LENGTH_BYTES = 2;

/** Where a header is in the bytes: its name, and its value without the length prefix. */
export interface HeaderPlace {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly type: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * Visits the headers from `start` to `end`, as far as they are readable; returns where they end or become unreadable.
 */
export function walkHeaders(bytes: Buffer, start: number, end: number, visit: (place: HeaderPlace) => void): number {
  let at = start;
  while (at < end) {
    const nameEnd = at + 1 + (bytes[at] ?? 0);
    const type = bytes[nameEnd] ?? -1;
    let valueStart = nameEnd + 1;
    let length = LENGTHS.get(type);
    if (type === TYPES.string || type === TYPES.bytes) {
      if (valueStart + LENGTH_BYTES > end) return at;
      length = bytes.readUInt16BE(valueStart);
      valueStart += LENGTH_BYTES;
    }
    if (length === undefined || valueStart + length > end) return at;
    visit({ nameStart: at + 1, nameEnd, type, valueStart, valueEnd: valueStart + length });
    at = valueStart + length;
  }
  return at;
}

/** Reads the headers from `start` to `end`, as far as they are readable; every value becomes a string. */
export function readHeaders(bytes: Buffer, start: number, end: number): HeaderBlock {
  const headers: [string, string][] = [];
  const readTo = walkHeaders(bytes, start, end, ({ nameStart, nameEnd, type, valueStart, valueEnd }) => {
    headers.push([bytes.toString("utf8", nameStart, nameEnd), valueOf(type, bytes.subarray(valueStart, valueEnd))]);
  });
  return { headers: Object.fromEntries(headers), isWhole: readTo >= end };
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
