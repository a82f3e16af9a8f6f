// Generates text like a model's, token by token: prose with Markdown, code, quotation marks, line ends, and some
// non-ASCII letters, so that escapes and longer UTF-8 sequences are as frequent as in real responses.
import type { Random } from "./random.ts";

/** The most frequent first, see Random.word. */
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

/** Short ones: the mean length of a token is about 4.5 characters, like that of OpenAI's. */
function nextToken(random: Random): string {
  const kind = random.next();
  if (kind < 0.72) return random.word(WORDS);
  if (kind < 0.88) return random.word(ENDINGS);
  if (kind < 0.97) return random.word(MARKS);
  return random.word(BEYOND_ASCII);
}

/** In scripts whose letters take two, three and four bytes of UTF-8. */
const OTHER_SCRIPTS =
  `潮位 は 港 で 一日 に 二回 変わる 水深 测量 海湾 的 潮汐 表 прилив вода гавань и в глубина ύψος νερό και λιμάνι
   مد وجزر البحر الميناء גאות נמל ज्वार पानी बंदरगाह 조수 항구 น้ำขึ้น ท่าเรือ 🌊 🚢 ⚓️ 👩‍🔬`
    .split(/\s+/)
    .map((word, index) => (index % 3 === 0 ? ` ${word}` : word));

const SHARE_OF_OTHER_SCRIPTS = 0.7;

/** `count` tokens, none of them empty; with `isMixed`, most are in scripts other than Latin. */
export function tokens(random: Random, count: number, isMixed = false): string[] {
  return Array.from({ length: count }, () =>
    isMixed && random.next() < SHARE_OF_OTHER_SCRIPTS ? random.word(OTHER_SCRIPTS) : nextToken(random),
  );
}

/** The arguments of a tool call, as JSON, in about `count` deltas. */
export function toolArguments(random: Random, count: number): string[] {
  const note = tokens(random, count);
  const pieces = ['{"', "harbour", '":"', random.word(WORDS).trim(), '","', "days", '":', String(random.between(1, 9))];
  // Each delta is escaped separately: the joined result is the same as escaping the whole text.
  return [...pieces, ',"', "note", '":"', ...note.map((token) => JSON.stringify(token).slice(1, -1)), '"}'];
}
