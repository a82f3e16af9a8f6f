// The tokens of a JSON text, each with the place of its value.

/** A string, a bracket or another sign, white space, a number or a word. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|\s+|[^"{}[\],:\s]+/g;

/** The tokens of a JSON text; a string, number or word that is a value has the pointer to its place (RFC 6901). */
export function* readTokens(json: string): Generator<{ readonly token: string; readonly pointer: string | null }> {
  /** The pointer of each open object or array and, in an array, the index of the current value. */
  const open: { readonly pointer: string; index: number | null }[] = [];
  let pointer = "";
  let isKeyNext = false;
  for (const [token] of json.matchAll(TOKEN)) {
    const top = open.at(-1);
    let at: string | null = null;
    switch (token.charAt(0)) {
      case "{":
      case "[":
        open.push({ pointer, index: token === "[" ? 0 : null });
        isKeyNext = token === "{";
        if (token === "[") pointer += "/0";
        break;
      case "}":
      case "]":
        open.pop();
        isKeyNext = false;
        break;
      case ",":
        if (top === undefined) break;
        isKeyNext = top.index === null;
        if (top.index !== null) pointer = `${top.pointer}/${(top.index += 1)}`;
        break;
      case ":":
      case " ":
      case "\t":
        break;
      default:
        if (isKeyNext && top !== undefined) pointer = `${top.pointer}/${pointerStep(token)}`;
        else at = pointer;
        isKeyNext = false;
    }
    yield { token, pointer: at };
  }
}

/** A key as a step of a JSON pointer. */
function pointerStep(key: string): string {
  if (PLAIN_KEY.test(key)) return key.slice(1, -1);
  const text: unknown = JSON.parse(key);
  return String(text).replaceAll("~", "~0").replaceAll("/", "~1");
}

const PLAIN_KEY = /^"\w*"$/;
