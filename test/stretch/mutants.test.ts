// Wrong changes to the module, made by hand: the examples must detect each of them.
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { compileModule, readModule } from "../../src/stretch/bundle.js";
import { createRecogniser, type Recogniser } from "../../src/stretch/recogniser.ts";
import { examples } from "./support/events.ts";
import { brokenButFound, cutsNotNoticed, seen, wanted } from "./support/finds.ts";

interface Mutant {
  readonly name: string;
  /** A text that occurs once in the module, and its replacement. */
  readonly from: string;
  readonly to: string;
}

const mutants: readonly Mutant[] = [
  { name: "goes beyond the end", from: "store<u8>(inputEnd, 0);", to: "" },
  { name: "keeps the text of an event that is not of the shape", from: "textEnd = textStart;", to: "" },
  { name: "keeps the surplus of such an event", from: "surplus = surplusBefore;", to: "" },
  { name: "takes the parts of another shape", from: "let part = shape;", to: "let part: usize = 0;" },
  { name: "takes the literals of another shape", from: "literal = shape + LITERALS", to: "literal = LITERALS" },
  { name: "takes the end for the beginning of the last event", from: "last = end;", to: "last = next;" },
  { name: "looks at no number", from: "if (digits !== 0) canGoOn", to: "if (digits === 1) canGoOn" },
  { name: "carries nothing", from: "load<u8>(at) === NINE", to: "load<u8>(at) === ZERO" },
  { name: "compares no whole sixteen bytes", from: "v128.any_true(v128.xor", to: "!v128.any_true(v128.or" },
  { name: "compares no rest", from: "return (differing & ((1 << rest) - 1)) === 0;", to: "return true;" },
  { name: "compares a byte of the rest too few", from: "((1 << rest) - 1)", to: "((1 << rest) - 1 >> 1)" },
  { name: "compares a byte of the rest too many", from: "((1 << rest) - 1)", to: "((2 << rest) - 1)" },
  {
    name: "takes controls for plain",
    from: "i8x16.lt_s(bytes, i8x16.splat(SPACE))",
    to: "i8x16.lt_s(bytes, i8x16.splat(0))",
  },
  { name: "takes the last control for plain", from: "i8x16.splat(SPACE)", to: "i8x16.splat(0x1f)" },
  { name: "takes what is not ASCII for plain", from: "i8x16.lt_s", to: "i8x16.lt_u" },
  { name: "takes a backslash for plain", from: "i8x16.splat(BACKSLASH)", to: "i8x16.splat(QUOTE)" },
  { name: "takes any byte for a space", from: "load<u8>(at) === SPACE", to: "load<u8>(at) <= SPACE" },
  { name: "passes over no space", from: "load<u8>(at) === SPACE", to: "load<u8>(at) === QUOTE" },
  {
    name: "looks at the first sixteen bytes of padding alone",
    from: "found === 0; found = special",
    to: "false; found = special",
  },
  { name: "takes an empty text", from: "textEnd === textStart ? 0 : at", to: "at" },
  { name: "takes an escaped quote for the end", from: "return letter;", to: "return 0;" },
  { name: "reads every escape as itself", from: "default:\n      return 0;", to: "default:\n      return letter;" },
  { name: "confuses two escapes", from: "return 0x0c;", to: "return 0x0d;" },
  { name: "takes halves of characters", from: "(unit & 0xf800) !== 0xd800", to: "(unit & 0xf800) !== 0x10000" },
  { name: "takes the other half first", from: "unit >= 0xdc00 || ", to: "" },
  { name: "asks for no backslash before the other half", from: "load<u8>(at, 6) !== BACKSLASH || ", to: "" },
  { name: "takes any escape for the other half", from: " || load<u8>(at, 7) !== LETTER_U", to: "" },
  { name: "takes anything for the other half", from: "(second & ~0x3ff) !== 0xdc00", to: "second < 0" },
  { name: "goes too far behind a pair", from: "return at + 12;", to: "return at + 13;" },
  { name: "takes letters beyond f for digits", from: "u32(letter) > 5", to: "u32(letter) > 6" },
  { name: "takes signs for digits", from: "digit > 9", to: "digit > 10" },
  { name: "knows no capital digits", from: "(byte | 0x20)", to: "byte" },
  { name: "takes any byte for one that goes on", from: "(byte & 0xc0) !== 0x80", to: "false" },
  { name: "takes a byte above for one that goes on", from: "(byte & 0xc0) !== 0x80", to: "(byte & 0x80) !== 0x80" },
  { name: "takes long forms", from: "character < least || ", to: "" },
  { name: "takes long forms of three bytes", from: "more === 2 ? 0x800 :", to: "more === 2 ? 0x80 :" },
  { name: "takes long forms of four bytes", from: "0x800 : 0x10000;", to: "0x800 : 0x800;" },
  { name: "takes bytes that begin no character", from: "lead < 0xc0 || ", to: "" },
  { name: "takes lead bytes of five", from: "lead > 0xf4 || ", to: "" },
  { name: "takes what is beyond the last character", from: " || character > 0x10ffff", to: "" },
  { name: "takes halves as UTF-8", from: "(character & ~0x7ff) === 0xd800", to: "false" },
  { name: "finds no next line", from: "character === 0x85 || ", to: "" },
  { name: "finds no line separator", from: "character === 0x2028 || ", to: "" },
  { name: "finds no paragraph separator", from: " || character === 0x2029", to: "" },
  { name: "writes three bytes for two", from: "character < 0x800 ? 1", to: "character < 0x7ff ? 1" },
  { name: "writes four bytes for three", from: "character < 0x10000 ? 2", to: "character < 0xffff ? 2" },
  { name: "counts a character of four bytes as one unit", from: "min(more, 2)", to: "more" },
  { name: "keeps the pairs of such an event", from: "pairs = pairsBefore;", to: "" },
  { name: "counts characters of three bytes as pairs", from: "more === 3", to: "more >= 2" },
  { name: "counts bytes as units", from: "surplus += min(more, 2);", to: "" },
];

function once(text: string, from: string, to: string): string {
  const [before = "", behind, ...more] = text.split(from);
  if (behind === undefined || more.length > 0) throw new Error(`the module does not hold this once: ${from}`);
  return before + to + behind;
}

async function recogniserOf(source: string): Promise<Recogniser> {
  const module = new WebAssembly.Module(await compileModule(source));
  return createRecogniser(new WebAssembly.Instance(module).exports);
}

/** Whether the examples detect a fault; an access outside the module's memory counts too. */
function isWrong(recogniser: Recogniser): boolean {
  try {
    const isAsWanted = examples.every((example) => isDeepStrictEqual(seen(recogniser, example), wanted(example)));
    return !isAsWanted || brokenButFound(recogniser).length > 0 || cutsNotNoticed(recogniser).length > 0;
  } catch {
    return true;
  }
}

test("the unchanged module has no fault", async () => {
  expect(isWrong(await recogniserOf(readModule()))).toBe(false);
});

test.each(mutants.map(({ name, from, to }) => [name, from, to]))(
  "a module that %s is detected",
  async (_, from, to) => {
    expect(isWrong(await recogniserOf(once(readModule(), from, to)))).toBe(true);
  },
);
