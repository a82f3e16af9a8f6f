// The floor of all who call JSON.parse for each event: lines are split, what follows `data: ` is parsed. Nothing is done
// with it, and nothing written.
import { openSource } from "./source.ts";

const FIELD = "data: ";

let rest = "";
for await (const chunk of openSource().setEncoding("utf8")) {
  const text = String(chunk);
  const lastLine = text.lastIndexOf("\n") + 1;
  if (lastLine === 0) {
    // A line longer than a chunk is only joined: it would be searched again with each.
    rest += text;
    continue;
  }
  for (const line of (rest + text.slice(0, lastLine)).split("\n")) {
    if (line.startsWith(FIELD) && line !== "data: [DONE]") JSON.parse(line.slice(FIELD.length));
  }
  rest = text.slice(lastLine);
}
