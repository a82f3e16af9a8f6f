// What a model says, token by token: prose with Markdown, code, quotation marks, line ends, and now and then letters
// beyond ASCII, so that a reader meets escapes and longer UTF-8 sequences as often as it does in real answers.
import type { Random } from "./random.ts";

/** The frequent ones first, see Random.word. */
const WORDS =
  `the a of and to in is that for with it on as are this be by from or an at not you can when each which if will one
   tide water time value first between more than its other use two set after example only line where most data they
   high low number then function return string harbour before current table method into because same case while few
   result both large small reads step need change object always never without check given order level input output
   stream event model token answer question moon north wind gauge chart depth survey channel estuary signal buffer
   record measure interval request response error default option follows explain compare describe however therefore
   approximately consider particularly temperature configuration implementation asynchronous Mediterranean`
    .split(/\s+/)
    .map((word) => ` ${word}`);

const ENDINGS = [",", ".", ",", ".", ".\n\n", ":", "'s", "s", "ing", "ly", ";", " (", ")", "?", "ed", ":\n"];

const MARKS = [
  " **",
  "**",
  "\n- ",
  "`",
  ' "',
  '"',
  "\n\n## ",
  "1",
  "2026",
  " 42",
  "\n```ts\n",
  "\n```\n",
  " =",
  "();\n",
  " {\n",
  "\t",
  "}\n",
  '":',
  "\\n",
  "</",
  " =>",
  "/",
];

const BEYOND_ASCII = [
  " —",
  "’",
  "é",
  " für",
  "ü",
  " “",
  "”",
  "…",
  " °C",
  " ≈",
  "潮",
  "の",
  "水位",
  " 🌊",
  "✅",
  " при",
];

/** Short: the mean length is about four and a half characters, as of OpenAI's tokens. */
function nextToken(random: Random): string {
  const kind = random.next();
  if (kind < 0.72) return random.word(WORDS);
  if (kind < 0.88) return random.word(ENDINGS);
  if (kind < 0.97) return random.word(MARKS);
  return random.word(BEYOND_ASCII);
}

/** Of scripts whose letters take two, three and four bytes of UTF-8. */
const OTHER_SCRIPTS =
  `潮位 は 港 で 一日 に 二回 変わる 水深 测量 海湾 的 潮汐 表 прилив вода гавань и в глубина ύψος νερό και λιμάνι
   مد وجزر البحر الميناء גאות נמל ज्वार पानी बंदरगाह 조수 항구 น้ำขึ้น ท่าเรือ 🌊 🚢 ⚓️ 👩‍🔬`
    .split(/\s+/)
    .map((word, index) => (index % 3 === 0 ? ` ${word}` : word));

const SHARE_OF_OTHER_SCRIPTS = 0.7;

/** So many tokens, none of them empty; `isMixed`: most of them are of other scripts than Latin. */
export function tokens(random: Random, count: number, isMixed = false): string[] {
  return Array.from({ length: count }, () =>
    isMixed && random.next() < SHARE_OF_OTHER_SCRIPTS ? random.word(OTHER_SCRIPTS) : nextToken(random),
  );
}

/** The arguments of a call of a tool, as JSON, in pieces of which there are about `count`. */
export function toolArguments(random: Random, count: number): string[] {
  const note = tokens(random, count);
  const pieces = ['{"', "harbour", '":"', random.word(WORDS).trim(), '","', "days", '":', String(random.between(1, 9))];
  // Each piece is escaped by itself: JSON's escapes of a text are those of its parts.
  return [...pieces, ',"', "note", '":"', ...note.map((token) => JSON.stringify(token).slice(1, -1)), '"}'];
}
