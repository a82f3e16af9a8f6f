// The grammar of Anthropic's messages: a start, blocks one after the other, a delta with the stop reason, a stop.
// https://platform.claude.com/docs/en/build-with-claude/streaming
import { asIndex, asObject, asString, type JsonObject } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { family } from "../../../rules/rule.ts";
import { isWholeMessage } from "../whole-message.ts";

/** The block types that each delta can belong to. */
const BLOCKS_OF_DELTA = new Map<string, RegExp>([
  ["text_delta", /^text$/],
  ["citations_delta", /^text$/],
  ["thinking_delta", /^thinking$/],
  ["signature_delta", /^thinking$/],
  ["input_json_delta", /tool_use$/],
  ["compaction_delta", /^compaction$/],
]);
/** The block types whose deltas are known; a new block type may have any. */
const KNOWN_BLOCKS = /^(?:text|thinking|compaction)$|tool_use$/;
/** Limits the blocks that are open at a time; a hostile stream could start one with every event. */
const MOST_OPEN = 10_000;

const severity = { openai: "error", "open-responses": "error", lenient: "warning" } as const;

/** The current message. */
interface Message {
  /** Null if its start was not seen, so its first blocks may be missing too. */
  readonly id: string | null;
  readonly isStarted: boolean;
  /** Types of the open blocks, by index; null if the block's start was not seen. */
  readonly open: Map<number, string | null>;
  /** Null if a block may have any index. */
  nextIndex: number | null;
  hasReason: boolean;
}

export const blockRules = family({
  name: "blocks",
  rules: [
    {
      id: "message-not-started",
      severity,
      meaning: "Events of a message arrive before its `message_start` or after its `message_stop`.",
      why: "Clients build the response from the message in `message_start`: without it they throw or drop everything.",
      remedy: "Send `message_start` first, once per message, or look for what dropped the start of the stream.",
    },
    {
      id: "block-not-started",
      severity,
      meaning: "A delta or a stop refers to a content block that is not open.",
      why: "Clients have no block to add it to, and cannot know whether it is text or tool input: they throw or drop it.",
      remedy: "Send `content_block_start` before a block's deltas and one `content_block_stop` after them.",
    },
    {
      id: "block-not-stopped",
      severity,
      meaning: "Another content block starts, or the message ends, before the open block's `content_block_stop`.",
      why: "Clients run a tool or show a paragraph when its block stops, and this block never stops.",
      remedy: "Send `content_block_stop` for each block before the next block starts.",
    },
    {
      id: "block-index-order",
      severity,
      meaning: "A content block does not have the next index (0, 1, 2 and so on).",
      why: "Clients append blocks and find them by index, so deltas go to the wrong block or to none.",
      remedy:
        "Number the blocks of a message from 0 without gaps; a gateway that drops a block must renumber the rest.",
    },
    {
      id: "block-delta-type",
      severity,
      meaning: "A delta's type does not match its content block, such as text in a tool's input or thinking in a text.",
      why: "Clients silently skip such deltas, so the text or the tool's input is lost.",
      remedy:
        "Start a block of the type that the deltas have, and look for a gateway that mixes up the indexes of two blocks.",
    },
    {
      id: "stop-reason-missing",
      severity,
      meaning: "A message stops, but no `message_delta` gave a stop reason.",
      why: "Clients cannot know whether the response is complete, cut or waiting for a tool, so agents stop or loop wrongly.",
      remedy: "Send `message_delta` with a `stop_reason` and the usage before `message_stop`.",
    },
  ],
  watch(find) {
    let message: Message | null = null;

    /** The message of an event. If none was started, reports that once for all following events. */
    function current({ event }: Reading, type: string): Message {
      if (message !== null) return message;
      find("message-not-started", event, `${type} arrives before a message was started`, {
        expected: "message_start",
        seen: type,
      });
      return (message = newMessage(null, false));
    }

    function startBlock(value: JsonObject, index: number, reading: Reading): void {
      const message = current(reading, "content_block_start");
      findUnstopped(message, `block ${index} starts`, "content_block_start", reading);
      const { nextIndex, open } = message;
      if (nextIndex !== null && index !== nextIndex) {
        const words = `a block has the index ${index}, expected ${nextIndex}`;
        find("block-index-order", reading.event, words, { expected: nextIndex, seen: index });
      }
      message.nextIndex = index + 1;
      if (open.size < MOST_OPEN) open.set(index, asString(asObject(value.content_block)?.type));
    }

    function readDelta(value: JsonObject, index: number, reading: Reading): void {
      const { open } = openBlock(index, "content_block_delta", reading);
      const block = open.get(index) ?? null;
      const delta = asString(asObject(value.delta)?.type) ?? "";
      const fitting = BLOCKS_OF_DELTA.get(delta);
      if (block === null || fitting === undefined || !KNOWN_BLOCKS.test(block) || fitting.test(block)) return;
      const words = `a ${delta} is sent for block ${index}, which is of the type ${block}`;
      find("block-delta-type", reading.event, words, { expected: `a delta of ${block}`, seen: delta });
      // Once for each block.
      open.set(index, null);
    }

    /** The message, with that block open. If it is not open, reports that and counts it as open from now on. */
    function openBlock(index: number, type: string, reading: Reading): Message {
      const message = current(reading, type);
      const { open, isStarted } = message;
      if (open.has(index) || open.size >= MOST_OPEN) return message;
      // The block's start may be before the capture, and the missing message is reported already.
      if (isStarted || message.nextIndex !== null) {
        const words = `${type} refers to block ${index}, which is not open`;
        find("block-not-started", reading.event, words, { expected: "content_block_start", seen: type });
      }
      open.set(index, null);
      message.nextIndex = Math.max(message.nextIndex ?? 0, index + 1);
      return message;
    }

    function findUnstopped({ open }: Message, what: string, seen: string, { event }: Reading): void {
      for (const [index, type] of open) {
        const words = `${what} before block ${index}${type === null ? "" : ` (${type})`} is stopped`;
        find("block-not-stopped", event, words, { expected: "content_block_stop", seen });
      }
      open.clear();
    }

    function readMessageDelta(value: JsonObject, reading: Reading): void {
      const message = current(reading, "message_delta");
      findUnstopped(message, "the message ends", "message_delta", reading);
      message.hasReason ||= asString(asObject(value.delta)?.stop_reason) !== null;
    }

    function stop(reading: Reading): void {
      const stopped = current(reading, "message_stop");
      findUnstopped(stopped, "the message stops", "message_stop", reading);
      if (!stopped.hasReason && stopped.isStarted) {
        const difference = { expected: "a stop_reason before it", seen: "message_stop" };
        find("stop-reason-missing", reading.event, "the message stops without a stop_reason", difference);
      }
      message = null;
    }

    return {
      payloads: {
        message(value, { event }) {
          if (!isWholeMessage(value)) return;
          const difference = { expected: "message_start", seen: "message" };
          find("message-not-started", event, "a whole message is sent in place of stream events", difference);
        },
        message_start(value) {
          message = startMessage(asObject(value.message) ?? {}, message);
        },
        content_block_start: (value, reading) => startBlock(value, indexOf(value), reading),
        content_block_delta: (value, reading) => readDelta(value, indexOf(value), reading),
        content_block_stop(value, reading) {
          const index = indexOf(value);
          openBlock(index, "content_block_stop", reading).open.delete(index);
        },
        message_delta: readMessageDelta,
        message_stop: (_, reading) => stop(reading),
        // An error ends the message at any point.
        error() {
          message = null;
        },
      },
    };
  },
});

function indexOf({ index }: JsonObject): number {
  return asIndex(index) ?? 0;
}

function newMessage(id: string | null, isStarted: boolean): Message {
  return { id, isStarted, open: new Map(), nextIndex: isStarted ? 0 : null, hasReason: false };
}

/** A message that starts again is the same one; another rule reports the repeated start. */
function startMessage(started: JsonObject, before: Message | null): Message {
  const id = asString(started.id);
  if (before !== null && before.isStarted && id !== null && before.id === id) return before;
  const message = newMessage(id, true);
  message.hasReason = asString(started.stop_reason) !== null;
  return message;
}
