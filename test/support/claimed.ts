import type { Dialect } from "../../src/dialects/dialect.ts";
import { parsePayload } from "../../src/model/payload.ts";
import type { Capture } from "./captures.ts";

/** Of each event of a capture, whether the dialect claims it; events of SSE with their names. */
export function claimedEvents(dialect: Dialect, { bytes, isSse }: Pick<Capture, "bytes" | "isSse">): boolean[] {
  const input = bytes.toString("utf8");
  const blocks = isSse ? input.split(/(?:\r?\n){2,}/) : input.split("\n").map((line) => `data:${line}`);
  return blocks.flatMap((block) => {
    const lines = block.split(/\r?\n/);
    const data = lines.flatMap((line) => (line.startsWith("data:") ? [line.slice("data:".length).trim()] : []));
    if (data.join("") === "") return [];
    return [claims(dialect, data.join("\n"), /^event: ?(.*)$/m.exec(block)?.[1])];
  });
}

/** Whether the dialect claims an event of that data and, where it has one, that name. */
export function claims(dialect: Dialect, data: string, event = "message"): boolean {
  const place = { index: 0, line: 1, offset: 0, length: data.length };
  return dialect.claims({ type: "event", event, data, lastEventId: "", ...place }, parsePayload(data));
}
