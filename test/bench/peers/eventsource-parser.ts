// Reads a stream as most programs do: eventsource-parser finds the events, JSON.parse parses each, and its text goes to
// stdout.
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
