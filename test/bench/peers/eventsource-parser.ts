// What programs do that read such streams themselves: eventsource-parser finds the events, JSON.parse reads each, its
// text goes to stdout.
import { createParser } from "eventsource-parser";
import { flush, write } from "./output.ts";
import { openSource } from "./source.ts";
import { textOf } from "./text-of.ts";

const parser = createParser({
  onEvent({ data }) {
    if (data !== "[DONE]") write(textOf(JSON.parse(data)));
  },
});
for await (const chunk of openSource().setEncoding("utf8")) parser.feed(String(chunk));
flush();
