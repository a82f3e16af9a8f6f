// Loads the module of module/recognise.ts. It takes a shape and bytes, and returns the events of that shape and their
// text.
import { base64 } from "ssescope:recognise";
import type { StretchText } from "../model/stretch.ts";
import { holes, LONGEST_EVENT, type Shape } from "./shape.ts";

/** Events of one shape, found in a chunk. */
export interface FoundEvents {
  readonly events: number;
  /** Their texts, joined. */
  readonly text: StretchText;
  /** Where the last of them begins and ends in the chunk. */
  readonly lastFrom: number;
  readonly end: number;
}

export interface Recogniser {
  /**
   * Finds consecutive events of a shape, from a place in a chunk where an event begins; `number` is the first one's
   * sequence number, if they have one. Null if there are none. To search a chunk again, pass the same object as
   * `bytes`.
   */
  find(shape: Shape, bytes: Buffer, from: number, number: number | null): FoundEvents | null;
  /** Whether a single event with this number has the shape and this text. */
  isOf(shape: Shape, event: string, number: number | null, text: string): boolean;
}

let loaded: Recogniser | null | undefined;

/** The recogniser of this process; null if WebAssembly with SIMD is not available. */
export function recogniser(): Recogniser | null {
  if (loaded === undefined) {
    const module = load();
    loaded = module && createRecogniser(module);
  }
  return loaded;
}

/** The module; null if WebAssembly or its SIMD is not available. */
function load(): RecogniserExports | null {
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(base64, "base64"))).exports;
  } catch {
    return null;
  }
}

/** The part of a chunk that is in the module's memory. */
interface Window {
  readonly of: Buffer;
  readonly from: number;
  readonly end: number;
}

const NOTHING: Window = { of: Buffer.alloc(0), from: 0, end: 0 };

/** A shape in the module's memory. */
interface Layout {
  readonly shape: Shape;
  readonly at: number;
  /** It is laid out for numbers with this many digits; 0 if its events have none. */
  readonly digits: number;
  readonly firstDigit: number;
}

/** Makes a recogniser from an instance of the module. */
export function createRecogniser(module: RecogniserExports): Recogniser {
  const memory = Buffer.from(module.memory.buffer);
  const numbers = new DataView(module.memory.buffer);
  const { value: input } = module.INPUT;
  const { value: inputSize } = module.INPUT_SIZE;
  const { value: output } = module.OUTPUT;
  const { value: shapeSize } = module.SHAPE_SIZE;
  const { value: literals } = module.LITERALS;
  const { value: scratch } = module.SCRATCH;
  const mostLayouts = input / shapeSize;
  let window = NOTHING;
  /** The shapes in memory, the one laid out first at the beginning: it is the first to be replaced. */
  let layouts: readonly Layout[] = [];

  /** Puts a shape into memory with this number, unless it is there. */
  function use(wanted: Shape, number: string): Layout {
    const known = layouts.find(({ shape }) => shape === wanted);
    if (known?.digits === number.length) {
      if (number !== "") memory.write(number, known.firstDigit, "latin1");
      return known;
    }
    const replaced = known ?? (layouts.length < mostLayouts ? undefined : layouts[0]);
    const layout = layOut(wanted, number, replaced?.at ?? layouts.length * shapeSize);
    layouts = [...layouts.filter((other) => other !== replaced), layout];
    return layout;
  }

  function layOut(shape: Shape, number: string, at: number): Layout {
    let firstDigit = 0;
    let part = at;
    let written = "";
    /** Where the current literal begins, because a number is part of a literal. */
    let start = 0;
    for (const { literal, hole } of shape.parts) {
      written += literal;
      if (hole === holes.number) {
        firstDigit = at + literals + written.length;
        written += number;
        continue;
      }
      numbers.setUint16(part, written.length - start, true);
      numbers.setUint16(part + 2, hole, true);
      part += 4;
      start = written.length;
    }
    memory.write(written, at + literals, "latin1");
    return { shape, at, digits: number.length, firstDigit };
  }

  // The result of the last search.
  let last = 0;
  let end = 0;
  let textEnd = 0;
  let surplus = 0;
  let pairs = 0;

  /** Finds the events of a shape in memory; returns how many. */
  function search(wanted: Shape, from: number, inputEnd: number, number: number | null): number {
    let events = 0;
    last = from;
    end = from;
    textEnd = output;
    surplus = 0;
    pairs = 0;
    for (let isMore = true; isMore;) {
      const next = wanted.hasNumber ? numeral(number, events) : "";
      if (next === null) break;
      const { at, digits, firstDigit } = use(wanted, next);
      const found = module.find(at, end, inputEnd, textEnd, firstDigit, digits);
      if (found === 0) break;
      events += found;
      last = module.last.value;
      end = module.end.value;
      textEnd = module.textEnd.value;
      surplus += module.surplus.value;
      pairs += module.pairs.value;
      // The next number may have one more digit.
      isMore = wanted.hasNumber && memory[firstDigit] === ZERO;
    }
    return events;
  }

  /** The texts of the last search, until the next one. */
  function foundText(): string {
    // A string of ASCII is made faster from Latin-1.
    return memory.toString(surplus === 0 ? "latin1" : "utf8", output, textEnd);
  }

  function keepText(): StretchText {
    if (textEnd - output < FEWEST_BYTES) return new ShortText(foundText(), pairs);
    const utf8 = Buffer.allocUnsafe(textEnd - output);
    memory.copy(utf8, 0, output, textEnd);
    return new Utf8Text(utf8, surplus, pairs);
  }

  return {
    find(wanted, bytes, from, number) {
      if (window.of !== bytes || from < window.from || from >= window.end) {
        window = { of: bytes, from, end: Math.min(bytes.length, from + inputSize) };
        bytes.copy(memory, input, window.from, window.end);
      }
      const shift = input - window.from;
      const events = search(wanted, from + shift, window.end + shift, number);
      if (events === 0) return null;
      return { events, text: keepText(), lastFrom: last - shift, end: end - shift };
    },
    isOf(wanted, event, number, text) {
      if (event.length > LONGEST_EVENT) return false;
      const inputEnd = scratch + memory.write(event, scratch);
      return search(wanted, scratch, inputEnd, number) === 1 && end === inputEnd && foundText() === text;
    },
  };
}

/** A shorter text costs less as a string. */
const FEWEST_BYTES = 512;

class ShortText implements StretchText {
  readonly utf8 = null;
  readonly #text: string;
  readonly #pairs: number;

  /** `pairs`: how many characters take two code units. */
  constructor(text: string, pairs: number) {
    this.#text = text;
    this.#pairs = pairs;
  }

  get length(): number {
    return this.#text.length;
  }

  get characters(): number {
    return this.#text.length - this.#pairs;
  }

  toString(): string {
    return this.#text;
  }
}

class Utf8Text implements StretchText {
  readonly utf8: Buffer;
  readonly length: number;
  readonly characters: number;

  /** `surplus`: bytes minus UTF-16 code units; `pairs`: how many characters take two code units. */
  constructor(utf8: Buffer, surplus: number, pairs: number) {
    this.utf8 = utf8;
    this.length = utf8.length - surplus;
    this.characters = this.length - pairs;
  }

  toString(): string {
    return this.utf8.toString(this.length === this.utf8.length ? "latin1" : "utf8");
  }
}

const ZERO = 0x30;

/**
 * The written number of the event `before` places after the first; null if `shape.ts` does not accept it as a number.
 */
function numeral(first: number | null, before: number): string | null {
  if (first === null) return null;
  const number = first + before;
  return Number.isInteger(number) && number >= 0 && number < 1e15 ? String(number) : null;
}
