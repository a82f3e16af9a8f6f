// The stream reader of OpenAI's official client, on a Response whose body is the input.
import { Readable } from "node:stream";
import { Stream } from "openai/streaming";
import { flush, write } from "./output.ts";
import { openSource } from "./source.ts";
import { textOf } from "./text-of.ts";

const response = new Response(Readable.toWeb(openSource()));
for await (const payload of Stream.fromSSEResponse<Parameters<typeof textOf>[0]>(response, new AbortController())) {
  write(textOf(payload));
}
flush();
