// Chunks, which need neither a start nor an end event, because the client adds both. `transformChunks` of @ag-ui/client
// (https://github.com/ag-ui-protocol/ag-ui, sdks/typescript/packages/client/src/chunks).
import { asString, type JsonObject } from "../../../model/payload.ts";
import type { Place } from "../../../model/finding.ts";
import { family } from "../../../rules/rule.ts";
import { KEEPS_CHUNKS, nameOf } from "../event-names.ts";

/** Limits the parts that are remembered; a hostile stream could start one with every event. */
const MOST_PARTS = 1000;

interface Kind {
  readonly part: string;
  readonly key: string;
}

const TEXT: Kind = { part: "text message", key: "messageId" };
const CALL: Kind = { part: "tool call", key: "toolCallId" };
const THOUGHT: Kind = { part: "reasoning message", key: "messageId" };

const CHUNKS: ReadonlyMap<string, Kind> = new Map([
  ["TEXT_MESSAGE_CHUNK", TEXT],
  ["TOOL_CALL_CHUNK", CALL],
  ["REASONING_MESSAGE_CHUNK", THOUGHT],
]);
const STARTS: ReadonlyMap<string, Kind> = new Map([
  ["TEXT_MESSAGE_START", TEXT],
  ["TOOL_CALL_START", CALL],
  ["REASONING_MESSAGE_START", THOUGHT],
]);
const ENDS: ReadonlyMap<string, Kind> = new Map([
  ["TEXT_MESSAGE_END", TEXT],
  ["TOOL_CALL_END", CALL],
  ["REASONING_MESSAGE_END", THOUGHT],
]);

export const chunkRules = family({
  name: "chunks",
  rules: [
    {
      id: "chunk-order",
      severity: "error",
      // ag-ui-protocol/ag-ui#161
      meaning: "A chunk continues a part that has a start event, or the first chunk of a part lacks its id or name.",
      why: "The client turns the first chunk into a start event, so its verifier sees a second start or one without an id.",
      remedy: "Send chunks without start and end events, or send CONTENT and ARGS events between them.",
    },
  ],
  watch(find) {
    /** Parts that have a start event and no end event yet. */
    let open = new Set<string>();
    /** The part of the last chunk, which the next one may continue. */
    let last: { readonly kind: Kind; readonly id: string } | null = null;

    function readChunk(name: string, kind: Kind, value: JsonObject, place: Place): void {
      const id = asString(value[kind.key]);
      if (last?.kind === kind && (id === null || id === last.id)) return;
      last = id === null ? null : { kind, id };
      const lacks =
        id === null ? kind.key : kind === CALL && asString(value.toolCallName) === null ? "toolCallName" : null;
      if (lacks !== null) {
        find("chunk-order", place, `the first ${name} has no ${lacks}`, { expected: lacks, seen: null });
      } else if (open.has(`${kind.part} ${id}`)) {
        const message = `${name} continues the ${kind.part} ${id}, which has a start event`;
        find("chunk-order", place, message, { expected: name.replace("CHUNK", "END"), seen: name });
      }
    }

    function mark(name: string, value: JsonObject): void {
      const start = STARTS.get(name);
      if (start !== undefined && open.size < MOST_PARTS) open.add(partOf(start, value));
      const end = ENDS.get(name);
      if (end !== undefined) open.delete(partOf(end, value));
    }

    return {
      read({ event, payload }) {
        const name = payload.type === "object" ? nameOf(payload.value.type) : null;
        // Events of a subagent have their own lane.
        if (payload.type !== "object" || name === null || payload.value.subagentRunId !== undefined) return;
        const chunk = CHUNKS.get(name);
        if (chunk !== undefined) return readChunk(name, chunk, payload.value, event);
        if (!KEEPS_CHUNKS.has(name)) last = null;
        if (name === "RUN_STARTED") open = new Set();
        else mark(name, payload.value);
      },
    };
  },
});

function partOf({ part, key }: Kind, value: JsonObject): string {
  return `${part} ${asString(value[key])}`;
}
