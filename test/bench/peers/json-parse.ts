// The lower bound for programs that call JSON.parse for each event: splits lines, parses the data, and writes nothing.
import { openSource } from "./source.ts";

const FIELD = "data: ";

let rest = "";
for await (const chunk of openSource().setEncoding("utf8")) {
  const text = String(chunk);
  const lastLine = text.lastIndexOf("\n") + 1;
  if (lastLine === 0) {
    // Only appends to a line that is longer than a chunk: otherwise each chunk would search it again.
    rest += text;
    continue;
  }
  for (const line of (rest + text.slice(0, lastLine)).split("\n")) {
    if (line.startsWith(FIELD) && line !== "data: [DONE]") JSON.parse(line.slice(FIELD.length));
  }
  rest = text.slice(lastLine);
}
