// The inner loop of the fast path: bytes and a shape in, the events that are of that shape and their text out. AssemblyScript,
// which is TypeScript's syntax for WebAssembly (https://www.assemblyscript.org); `shape.ts` makes shapes, `recogniser.ts`
// calls this. It looks at 16 bytes at a time, and takes strictly less than JSON allows: all else is read the long way.

/** Shapes, from 0 on: each is a table of its parts, a length and a hole each (16 bits), and then all literals in a row. */
export const SHAPE_SIZE: usize = 8 * 1024;
export const LITERALS: usize = 1024;
/** What is searched; the byte behind it is written over. */
export const INPUT: usize = 64 * 1024;
export const INPUT_SIZE: usize = 256 * 1024;
/** An event that is searched by itself. */
export const SCRATCH: usize = 320 * 1024 + 64;
/** The texts that were found, one after the other: as UTF-8, without escapes. Never longer than what is searched. */
export const OUTPUT: usize = 336 * 1024;

/** What stands behind a literal. */
const END = 0;
/** The text up to its closing quote: not empty. */
const TEXT = 1;
/** Text of no meaning, up to its closing quote. */
const PADDING = 2;
/** Any number of spaces. */
const SPACES = 3;

const SPACE: u8 = 0x20;
const QUOTE: u8 = 0x22;
const ZERO: u8 = 0x30;
const NINE: u8 = 0x39;
const BACKSLASH: u8 = 0x5c;
const LETTER_A: u8 = 0x61;
const LETTER_U: u8 = 0x75;

/** Behind the last event that was found, and where that begins. */
export let end: usize = 0;
export let last: usize = 0;
/** Behind its text. */
export let textEnd: usize = 0;
/** How many bytes more than UTF-16 code units the texts are. */
export let surplus: u32 = 0;
/** How many of their characters take two such units. */
export let pairs: u32 = 0;

/**
 * Finds the events of a shape from `from` on, one after the other, before `inputEnd`, and writes their texts to `output`;
 * gives how many there are. `firstDigit` is the place in the literals of the number that is one more in each event: where it
 * would need more than these digits, it is all zeros, and nothing more is found. 0 digits: there is none.
 */
export function find(shape: usize, from: usize, inputEnd: usize, output: usize, firstDigit: usize, digits: u32): u32 {
  // No literal has a NUL, and no hole ends in one or goes over it: nothing is found that goes beyond the end.
  store<u8>(inputEnd, 0);
  let events: u32 = 0;
  end = last = from;
  textEnd = output;
  surplus = 0;
  pairs = 0;
  for (let canGoOn = true; canGoOn;) {
    const textStart = textEnd;
    const surplusBefore = surplus;
    const pairsBefore = pairs;
    const next = behindEvent(end, shape);
    if (next === 0) {
      textEnd = textStart;
      surplus = surplusBefore;
      pairs = pairsBefore;
      break;
    }
    events += 1;
    last = end;
    end = next;
    if (digits !== 0) canGoOn = increment(firstDigit, firstDigit + digits - 1);
  }
  return events;
}

/** Adds one to a number in ASCII; false where it would need one more digit. */
function increment(firstDigit: usize, lastDigit: usize): bool {
  let at = lastDigit;
  for (; load<u8>(at) === NINE; at -= 1) {
    store<u8>(at, ZERO);
    if (at === firstDigit) return false;
  }
  store<u8>(at, load<u8>(at) + 1);
  return true;
}

// All that follow give a place in the input, or 0: it is not of the shape.

function behindEvent(at: usize, shape: usize): usize {
  let part = shape;
  let literal = shape + LITERALS;
  do {
    const length: usize = load<u16>(part);
    if (!areEqual(at, literal, length)) return 0;
    at += length;
    const hole = load<u16>(part, 2);
    if (hole === END) return at;
    if (hole === TEXT) at = behindText(at);
    else if (hole === PADDING) at = behindPadding(at);
    else if (hole === SPACES) at = behindSpaces(at);
    literal += length;
    part += 4;
  } while (at !== 0);
  return 0;
}

function areEqual(at: usize, literal: usize, length: usize): bool {
  const end = at + length;
  for (; at + 16 <= end; at += 16, literal += 16) {
    if (v128.any_true(v128.xor(v128.load(at), v128.load(literal)))) return false;
  }
  const differing = i8x16.bitmask(i8x16.ne(v128.load(at), v128.load(literal)));
  const rest = i32(end - at);
  return (differing & ((1 << rest) - 1)) === 0;
}

/** For each of 16 bytes, whether it is no plain character of a string: a quote, a backslash, a control, or not ASCII. */
function special(bytes: v128): i32 {
  const isMark = v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH)));
  // Signed: what is not ASCII is below 0.
  return i8x16.bitmask(v128.or(isMark, i8x16.lt_s(bytes, i8x16.splat(SPACE))));
}

function behindSpaces(at: usize): usize {
  while (load<u8>(at) === SPACE) at += 1;
  return at;
}

/** The end of what has nothing to be found in it; if it is no quote, the next literal does not fit. */
function behindPadding(at: usize): usize {
  let found = special(v128.load(at));
  for (; found === 0; found = special(v128.load(at))) at += 16;
  return at + ctz(found);
}

/** The closing quote of a text, which goes to the output. */
function behindText(at: usize): usize {
  const textStart = textEnd;
  do {
    const bytes = v128.load(at);
    // More than is wanted, perhaps: what comes next is written over it.
    v128.store(textEnd, bytes);
    const found = special(bytes);
    const plain: usize = found === 0 ? 16 : ctz(found);
    at += plain;
    textEnd += plain;
    if (found === 0) continue;
    const byte = load<u8>(at);
    if (byte === QUOTE) return textEnd === textStart ? 0 : at;
    at = byte === BACKSLASH ? behindEscape(at) : behindCharacter(at);
  } while (at !== 0);
  return 0;
}

/** RFC 8259, 7. Half of a character has no UTF-8. */
function behindEscape(at: usize): usize {
  const letter = load<u8>(at, 1);
  if (letter !== LETTER_U) {
    const meant = meantBy(letter);
    if (meant === 0) return 0;
    put(meant);
    return at + 2;
  }
  const unit = hexadecimal(at + 2);
  if (unit < 0) return 0;
  if ((unit & 0xf800) !== 0xd800) {
    put(unit);
    return at + 6;
  }
  if (unit >= 0xdc00 || load<u8>(at, 6) !== BACKSLASH || load<u8>(at, 7) !== LETTER_U) return 0;
  const second = hexadecimal(at + 8);
  if ((second & ~0x3ff) !== 0xdc00) return 0;
  put(0x10000 + ((unit & 0x3ff) << 10) + (second & 0x3ff));
  return at + 12;
}

function meantBy(letter: u8): i32 {
  switch (letter) {
    case 0x22: // "
    case 0x2f: // /
    case 0x5c: // \
      return letter;
    case 0x62: // b
      return 0x08;
    case 0x66: // f
      return 0x0c;
    case 0x6e: // n
      return 0x0a;
    case 0x72: // r
      return 0x0d;
    case 0x74: // t
      return 0x09;
    default:
      return 0;
  }
}

/** Four hexadecimal digits as a number; below 0: they are not. */
function hexadecimal(at: usize): i32 {
  let value: i32 = 0;
  for (let place: usize = 0; place < 4; place += 1) {
    const byte: i32 = load<u8>(at + place);
    const letter = (byte | 0x20) - i32(LETTER_A);
    // Below 0 where it is none, and so is the value then.
    let digit = byte - i32(ZERO);
    if (digit > 9) {
      if (u32(letter) > 5) return -1;
      digit = letter + 10;
    }
    value = (value << 4) | digit;
  }
  return value;
}

/** A character of two to four bytes (RFC 3629), unless a rule may have something to say of it. */
function behindCharacter(at: usize): usize {
  const lead = load<u8>(at);
  const more: i32 = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  let character: i32 = i32(lead) & (0x3f >> more);
  for (let place = 1; place <= more; place += 1) {
    const byte = load<u8>(at + place);
    if ((byte & 0xc0) !== 0x80) return 0;
    character = (character << 6) | (byte & 0x3f);
  }
  const least = more === 1 ? 0x80 : more === 2 ? 0x800 : 0x10000;
  if (lead < 0xc0 || lead > 0xf4 || character < least || character > 0x10ffff) return 0;
  if ((character & ~0x7ff) === 0xd800) return 0;
  // `line-separator` finds these where they stand as they are.
  if (character === 0x85 || character === 0x2028 || character === 0x2029) return 0;
  put(character);
  return at + more + 1;
}

/** Writes a character as UTF-8. */
function put(character: i32): void {
  if (character < 0x80) {
    store<u8>(textEnd, character);
    textEnd += 1;
    return;
  }
  const more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
  let rest = character;
  for (let place = more; place > 0; place -= 1) {
    store<u8>(textEnd + place, 0x80 | (rest & 0x3f));
    rest >>= 6;
  }
  store<u8>(textEnd, (0xff80 >> more) | rest);
  textEnd += more + 1;
  surplus += min(more, 2);
  pairs += u32(more === 3);
}
