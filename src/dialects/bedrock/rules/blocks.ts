// The grammar of ConverseStream's content blocks: a start if it is a tool's, deltas, a stop, then the end of the message.
// https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-call.html ("contentBlockStop")
import { asObject, asString, type JsonObject } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { family } from "../../../rules/rule.ts";
import { blockIndexOf, readBedrockEvent } from "../events.ts";

/** Limits the blocks of a message that are remembered; a hostile stream could start one with every event. */
const MOST_BLOCKS = 10_000;
/** The deltas whose block type is known. */
const KINDS: ReadonlySet<string> = new Set(["text", "toolUse", "reasoningContent", "citation"]);
/** The name of a tool call's block in messages. */
const CALL = "the tool call";

const severity = { openai: "error", "open-responses": "error", lenient: "warning" } as const;

export const blockRules = family({
  name: "blocks",
  rules: [
    {
      id: "content-block-not-started",
      severity,
      meaning: "A tool's input arrives for a content block that never started, or a delta arrives for a stopped one.",
      why: "Clients learn the tool's name and id from `contentBlockStart`, so they throw or drop the call.",
      remedy: "Send `contentBlockStart` with `toolUse` before the deltas of a tool call, and no delta after the stop.",
    },
    {
      id: "content-block-not-stopped",
      severity,
      meaning: "The message ends before an open content block has its `contentBlockStop`.",
      why: "Clients add a block to the message when it stops, so agents lose the text or tool call of this one.",
      remedy: "Send `contentBlockStop` for each content block before `messageStop`.",
    },
  ],
  watch(find) {
    /** The blocks of the current message: the type of an open block, null for a stopped one. */
    const blocks = new Map<number, string | null>();
    /** False if the capture starts mid-message: then its blocks may have begun before. */
    let isStarted = false;

    function startBlock(inner: JsonObject, reading: Reading): void {
      const index = blockIndexOf(inner);
      const open = blocks.get(index) ?? null;
      if (open?.startsWith(CALL) === true)
        findUnstopped(index, open, `block ${index} starts again`, "contentBlockStart", reading);
      const start = asObject(inner.start) ?? {};
      const name = asString(asObject(start.toolUse)?.name);
      if (name !== null) begin(index, `${CALL} ${name}`);
    }

    function begin(index: number, what: string): void {
      if (blocks.size < MOST_BLOCKS || blocks.has(index)) blocks.set(index, what);
    }

    function readDelta(inner: JsonObject, { event }: Reading): void {
      const index = blockIndexOf(inner);
      const block = blocks.get(index);
      if (block !== undefined && block !== null) return;
      const kind = Object.keys(asObject(inner.delta) ?? {})[0] ?? "";
      if (!KINDS.has(kind)) return;
      // Text and reasoning have no start.
      const isUnstarted = block === undefined && kind === "toolUse" && isStarted && blocks.size < MOST_BLOCKS;
      if (block === null || isUnstarted) {
        const state = block === null ? "has stopped" : "has not started";
        const difference = { expected: "contentBlockStart", seen: `contentBlockDelta (${kind})` };
        find("content-block-not-started", event, `a delta arrives for block ${index}, which ${state}`, difference);
      }
      begin(index, kind);
    }

    function findUnstopped(index: number, what: string, when: string, seen: string, { event }: Reading): void {
      const difference = { expected: "contentBlockStop", seen };
      find("content-block-not-stopped", event, `${when} before block ${index} (${what}) is stopped`, difference);
    }

    /** A block without deltas stops without a start, too. */
    function stopBlock(index: number): void {
      if (blocks.size < MOST_BLOCKS || blocks.has(index)) blocks.set(index, null);
    }

    function endMessage(reading: Reading): void {
      for (const [index, what] of blocks) {
        // Imitations send only text: no message or block starts, and none stops.
        const isBegun = isStarted || what?.startsWith(CALL) === true;
        if (what !== null && isBegun) findUnstopped(index, what, "the message stops", "messageStop", reading);
      }
      reset(false);
    }

    function reset(isBegun: boolean): void {
      blocks.clear();
      isStarted = isBegun;
    }

    return {
      read(reading) {
        const { event, payload, facts } = reading;
        const read = payload.type === "object" ? readBedrockEvent(event, payload.value) : null;
        // An error ends the message at any point.
        if (facts.some(({ type }) => type === "error-reported")) reset(false);
        else if (read?.name === "messageStart") reset(true);
        else if (read?.name === "contentBlockStart") startBlock(read.inner, reading);
        else if (read?.name === "contentBlockDelta") readDelta(read.inner, reading);
        else if (read?.name === "contentBlockStop") stopBlock(blockIndexOf(read.inner));
        else if (read?.name === "messageStop") endMessage(reading);
      },
    };
  },
});
